/** A statistical term, in a sentence that takes no statistics to read. */
export interface Term {
  readonly term: string
  readonly means: string
}

/** Said of a case in a verdict, and of a cell in its detail. */
export const FLAKY =
  'Repeats of the case in this column disagree: it passes now and fails then with nothing changed.'

/** The terms of a verdict. */
export const TERMS = {
  interval: {
    term: '95% interval',
    means:
      'The range the true figure most likely lies in: made this way from run after run, 19 of 20 ranges would hold it. The more cases, the narrower.',
  },
  points: {
    term: 'points',
    means: 'Percentage points: from 80% to 74% is a drop of 6 points.',
  },
  margin: {
    term: 'no worse, margin',
    means:
      'A change is no worse when a drop as large as the margin is ruled out: by the interval, and by a bound of its own that in small runs is stricter. Not having seen a drop is not enough.',
  },
  inconclusive: {
    term: 'may be worse, no signal',
    means:
      'The data neither proves a drop nor rules one out. “May be worse” leans to a drop; “no signal” leans to neither side.',
  },
  detectable: {
    term: 'smallest detectable drop',
    means:
      'The least drop that a comparison of this size would find in 4 of 5 tries. A smaller one can pass unseen: it takes more cases or repeats.',
  },
  pWorse: {
    term: 'p worse',
    means:
      'How often chance alone would make the run look at least this much worse if nothing had changed. Small means chance is an unlikely reason. Where several comparisons gate it is raised for that (Holm).',
  },
  repeats: {
    term: 'repeats',
    means:
      'How often each case was asked. Repeats of one case are alike, so they are counted as one case seen more sharply, not as more cases.',
  },
  flaky: {
    term: 'flaky',
    means: FLAKY,
  },
  broken: {
    term: 'broken case',
    means:
      'It always passed in the baseline and mostly fails now. It is asked again on both sides, so that chance does not block a change: confirmed means it stayed broken.',
  },
  floor: {
    term: 'floor',
    means: 'A least rate or score the suite asks for, whatever the baseline had.',
  },
  ratio: {
    term: '1.12×',
    means:
      'The run’s latency or cost over the baseline’s, case by case and averaged: 1.12× is 12% more, 1× the same.',
  },
  percentile: {
    term: 'p50, p95',
    means: 'Half of the replies came within the p50, 95 of 100 within the p95.',
  },
} as const satisfies Record<string, Term>

export type TermName = keyof typeof TERMS
