import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { ReportInput } from '../../harness/model/report.ts'
import { renderer as terminal } from '../../reports/default.ts'
import { excerpt, marked } from '../../reports/format/changes.ts'
import { decisionWord, headlineOf } from '../../reports/format/headline.ts'
import { renderer as page } from '../../reports/html/page.ts'
import { renderer as junit } from '../../reports/junit.ts'
import { renderer as markdown } from '../../reports/markdown.ts'
import { withinBytes } from '../../reports/markdown/within-bytes.ts'
import { summarySchema } from '../../harness/record/schema/summary.ts'
import { summarize } from '../../reports/summary.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { withHostileComparison } from './hostile.ts'
import { comparedInput, makeComparison, makeFlip, makeMetric } from './make-comparison.ts'
import { makeInput, text } from './make-input.ts'
import { pageText, staticPage } from './page-text.ts'
import { elements, parseXml } from './parse-xml.ts'

async function lines(input: ReportInput, columns = 100, color = false): Promise<string[]> {
  return (await text(terminal.render({ ...input, terminal: { columns, color } }))).split('\n')
}

async function section(input: ReportInput, title: string): Promise<string[]> {
  const all = await lines(input)
  const start = all.findIndex((line) => line.startsWith(title))
  return start < 0 ? [] : all.slice(start, all.indexOf('', start))
}

describe('the terminal’s block against the baseline', () => {
  it('names the baseline, then has a row per comparison under its column, with a word for each', async () => {
    expect(await section(comparedInput(), 'Against the baseline')).toStrictEqual([
      'Against the baseline  suites/sentiment/baseline.json',
      '  run 20261120-101500-abcd · accepted 2026-11-20 by Ann Example, 2 days before · commit 0123456789ab',
      '  Accepted because: first release',
      '  156 cases shared (2 only in this run, 4 only in the baseline) · 3 repeats · margin 5 points · 156',
      '  units by vars.document_id · 2 looks at the data · errored 1.2%, in the baseline 0.3%',
      '  12 shared cases changed since: the baseline’s replies to 10 were checked again, 2 left out.',
      '  The baseline has nothing like chain × sonnet.',
      '  The baseline holds no replies, so outputs cannot be compared.',
      '  metric       base → run  points   95% interval  p worse',
      'few-shot × sonnet (156 cases × 3)',
      '  pass      81.4% → 73.4%    −8.0  −14.1 to −2.0    0.008  regression',
      '  accuracy  0.814 → 0.734     0.0   −2.0 to +2.0    0.004  informs',
      'few-shot × flash against few-shot × flash-001 (100 cases run once)',
      '  pass      81.4% → 73.4%    −5.0  −12.0 to +2.1    0.081  may be worse',
      'zero-shot × sonnet (156 cases × 3)',
      '  pass      81.4% → 73.4%    −8.0  −14.1 to −2.0   <0.001  informs',
    ])
  })

  it('names no baseline where the run’s own columns are compared, and says so where a run is compared with itself', async () => {
    const input = comparedInput()
    const { baseline, pairing } = makeComparison()
    const own = {
      name: 'it',
      kind: 'run',
      runId: input.run.manifest.id,
      at: baseline.at,
      replies: true,
    } as const
    const columns = pairing.columns.map((column) => ({ ...column, by: 'against' as const }))
    const within = comparedInput({ baseline: own, pairing: { ...pairing, columns } })
    const [title, about] = await section(within, 'Against')
    expect(title).toBe('Against another column of this run')
    expect(about).toMatch(/^ {2}156 cases shared/)
    expect(await text(markdown.render(within))).toContain(
      '### Against another column of this run\n\n156 cases',
    )
    expect(pageText(await text(page.render(within)))).toContain(' Against another column of this run ')
    const itself = await section(comparedInput({ baseline: own }), 'Against')
    expect(itself[0]).toBe('Against the baseline  it')
    expect(itself[2]).toBe('  This is the run itself.')
  })

  it('lists at most twelve comparisons that only inform, and says how many more there are', async () => {
    const informing = Array.from({ length: 20 }, (_, i) => makeMetric({ metric: `m${i}`, gates: false }))
    const rows = await section(
      comparedInput({ metrics: [...informing, makeMetric()] }),
      'Against the baseline',
    )
    expect(rows.filter((row) => row.endsWith('informs'))).toHaveLength(12)
    expect(rows.at(-1)).toBe('  … and 8 more that inform, in analysis.json.')
    expect(rows.filter((row) => row.endsWith('regression'))).toHaveLength(1)
  })

  it('has no table where nothing could be compared, but says so', async () => {
    const block = await section(comparedInput({ metrics: [] }), 'Against the baseline')
    expect(block.at(-1)).toBe('  No metric could be compared.')
  })

  it('dims what informs and colours what decided', async () => {
    const coloured = (await lines(comparedInput(), 100, true)).join('\n')
    expect(coloured).toContain('\u001b[31mregression')
    expect(coloured).toContain('\u001b[33mmay be worse')
    expect(coloured).toContain('\u001b[2m  accuracy')
  })

  it.each([40, 60, 80, 100, 200])('fits %i columns, and so does hostile text', async (columns) => {
    const inputs = [comparedInput(), withHostileComparison(comparedInput())]
    for (const input of inputs)
      for (const line of await lines(input, columns)) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
  })

  it('keeps two metrics apart whose names are alike at both ends', async () => {
    const twins = ['A', 'B'].map((middle) =>
      makeMetric({ metric: `${'m'.repeat(40)}${middle}${'n'.repeat(40)}` }),
    )
    const shown = (await lines(comparedInput({ metrics: twins }), 100)).join('')
    expect(shown).toContain('mA')
    expect(shown).toContain('mB')
  })
})

describe('the flips', () => {
  it('put what is known to be broken first, then what looks broken, then what gates, without what got better', async () => {
    expect(await section(comparedInput(), 'Flips')).toStrictEqual([
      'Flips: 19 worse, 6 better',
      '  suites/sentiment/emails.csv:12  Sarcastic praise (mail-7): 3/3 → 0/3 in few-shot × sonnet',
      '    BROKEN, confirmed: run again, 5/5 → 0/5.',
      '    failed equals: Expected "positive" to equal "negative"',
      '  mail-8: 3/3 → 1/3 in few-shot × sonnet',
      '    Looks broken, not run again: the budget was used up.',
      '    no JSON',
      '  suites/sentiment/emails.csv:12  Mixed feelings (mail-9): 3/3 → 1/3 in few-shot × sonnet, flaky',
      '    failed equals: Expected "positive" to equal "negative"',
      '  suites/sentiment/emails.csv:12  Sarcastic praise (mail-3): 3/3 → 0/3 in zero-shot × sonnet',
      '  (informs)',
      '    failed equals: Expected "positive" to equal "negative"',
    ])
  })

  it('say that a suspicion was not confirmed, and leave such a case behind the others', async () => {
    const [broken] = makeComparison().broken
    if (broken === undefined) throw new Error('no broken case')
    const refuted = { ...broken, caseId: 'mail-9', status: 'refuted' as const }
    const rerun = { base: { passed: 5, of: 5 }, candidate: { passed: 4, of: 5 } }
    const flips = [makeFlip({ caseId: 'mail-9', description: 'Flake' }), makeFlip()]
    const shown = await section(comparedInput({ flips, broken: [{ ...refuted, rerun }] }), 'Flips')
    expect(shown.filter((line) => line.includes('/3'))[1]).toContain('Flake')
    expect(shown).toContain('    Not confirmed as broken: run again, 5/5 → 4/5.')
    const both = { base: { passed: 0, of: 5 }, candidate: { passed: 1, of: 5 } }
    const drifted = await section(comparedInput({ flips, broken: [{ ...refuted, rerun: both }] }), 'Flips')
    expect(drifted).toContain('    The baseline fails it too now: run again, 0/5 → 1/5.')
  })

  it('leave out the id of a case that nobody gave one: it is a digest', async () => {
    const caseId = `${'0123456789abcdef'.repeat(2)}#2`
    const shown = await section(comparedInput({ flips: [makeFlip({ caseId })], broken: [] }), 'Flips')
    expect(shown[1]).toContain('Sarcastic praise: 3/3 → 0/3')
  })

  it('are eight at most, and the rest a number', async () => {
    const flips = Array.from({ length: 30 }, (_, i) => makeFlip({ caseId: `m${i}` }))
    const shown = await section(comparedInput({ flips, broken: [] }), 'Flips')
    expect(shown.filter((line) => line.includes('3/3 → 0/3'))).toHaveLength(8)
    expect(shown.at(-1)).toBe('  … and 22 more in analysis.json.')
  })

  it('say that there were none', async () => {
    const none = { flips: [], broken: [], flipCounts: { worse: 0, better: 0 } }
    expect(await section(comparedInput(none), 'Flips')).toStrictEqual([
      'Flips',
      '  No case came out otherwise than in the baseline.',
    ])
  })
})

describe('a prompt’s differences', () => {
  const diff = makeComparison().changes[0]?.diff ?? []

  it('are shown with a few words around them, marked where there is no colour', async () => {
    const shown = (await section(comparedInput(), 'What changed')).join('\n')
    expect(shown).toContain('Answer with [-one word-]{+a short sentence+}.')
    expect(shown.length).toBeLessThan(300)
  })

  it('are red and green where there is, across the ends of lines', async () => {
    const removed = 'gone '.repeat(40).trim()
    const change = {
      kind: 'prompt' as const,
      what: 'Shorter.',
      diff: [{ op: 'removed' as const, text: removed }],
    }
    const all = await lines(comparedInput({ changes: [change] }), 60, true)
    const red = all.filter((line) => line.startsWith('    \u001b[31m') && line.endsWith('\u001b[39m'))
    expect(red.length).toBeGreaterThan(1)
    expect(red.join('').match(/gone/g)?.length).toBeGreaterThan(10)
  })

  it('are cut to a limit whatever their number', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => ({
      op: i % 2 === 0 ? ('same' as const) : ('added' as const),
      text: `word ${i} `,
    }))
    const shown = excerpt(many, 240).map(marked).join('')
    expect(shown.length).toBeLessThan(400)
    expect(shown.endsWith('…')).toBe(true)
  })

  it('show a line break that came or went', () => {
    const shown = excerpt(
      [
        { op: 'same', text: 'one' },
        { op: 'removed', text: '\n\n' },
        { op: 'added', text: ' ' },
      ],
      240,
    )
    expect(shown.map(marked).join('')).toBe('one[-⏎-]{+ +}')
  })

  it('are not shown where nothing differs', () => {
    expect(excerpt([{ op: 'same', text: 'all the same' }], 240)).toStrictEqual([])
    expect(excerpt(diff, 240)).not.toStrictEqual([])
  })
})

describe('what a run tells of itself', () => {
  it('ranks the columns and says which are not told apart', async () => {
    expect(await section(comparedInput(), 'The columns of this run')).toStrictEqual([
      'The columns of this run, best first (≈: not told apart)',
      '  pass: few-shot × sonnet 88.0% [a] ≈ few-shot × flash 86.0% [ab] ≈ zero-shot × sonnet 84.0% [b]',
      '    Columns that share a letter are not told apart.',
      '  accuracy: few-shot × sonnet 90.0% > zero-shot × sonnet 70.0%',
    ])
  })

  it('names flaky cases with their rate, and what is in quarantine until when', async () => {
    const all = (await lines(comparedInput())).join('\n')
    expect(all).toContain('Irony: passed 2 of 3 (66.7%) in few-shot × sonnet')
    expect(all).toContain('c-17 is out of the gate until 2027-01-31: label disputed')
    expect(all).toContain('c-19 gates again: its quarantine ended on 2026-11-01.')
  })

  it('has none of these headings where there is nothing under them', async () => {
    const all = (await lines(makeInput({ trials: [makeTrial()] }))).join('\n')
    expect(all).not.toMatch(/baseline|Flaky|Quarantine|best first|Flips|What changed/)
  })
})

describe('markdown', () => {
  it('has the verdict, the gates, the comparison and the changes before the columns', async () => {
    const rendered = await text(markdown.render(comparedInput()))
    const places = ['## BLOCK', '| gate |', '### Against', '### What changed', '### Flips', '| prompt |']
    const found = places.map((place) => rendered.indexOf(place))
    expect(found).not.toContain(-1)
    expect(found).toStrictEqual(found.toSorted((a, b) => a - b))
  })

  it('keeps the words of a difference apart', async () => {
    expect(await text(markdown.render(comparedInput()))).toContain(
      'Answer with <del>one word</del><ins>a short sentence</ins>.',
    )
  })

  it('stays under 60 KB when every list is long and hostile, and still has its notices', async () => {
    const input = withHostileComparison(comparedInput())
    const { comparison } = input.analysis
    if (comparison === undefined) throw new Error('no comparison')
    const many = <T>(list: readonly T[]): T[] => Array.from({ length: 50 }, () => list).flat()
    const { run, analysis } = input
    const long = {
      ...comparison,
      metrics: many(comparison.metrics),
      flips: many(comparison.flips),
      why: many(comparison.why),
      changes: many(comparison.changes),
      warnings: many(comparison.warnings),
    }
    const manifest = {
      ...run.manifest,
      providers: [{ key: 'f', id: 'f', account: 'f', notice: 'simulated' }],
    }
    const rendered = await text(
      markdown.render({ ...input, run: { ...run, manifest }, analysis: { ...analysis, comparison: long } }),
    )
    expect(Buffer.byteLength(rendered)).toBeGreaterThan(50_000)
    expect(Buffer.byteLength(rendered)).toBeLessThanOrEqual(60_000)
    expect(rendered.trimEnd().endsWith('simulated.')).toBe(true)
    expect(rendered).toContain('left out')
  })

  it('is cut at the end of a line, and not at all where it fits', () => {
    expect(withinBytes(['a', '', 'b'], '', 1_000)).toBe('a\n\nb\n')
    const cut = withinBytes([`${'ä'.repeat(300)}\n${'b'.repeat(100)}`, 'third'], 'last', 700)
    expect(cut.startsWith(`${'ä'.repeat(300)}\n\n…`)).toBe(true)
    expect(cut.endsWith('\n\nlast\n')).toBe(true)
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(700)
  })
})

describe('JUnit', () => {
  it('says why a difference broke its gate, passes an inconclusive one, and names what broke', async () => {
    const [, gates] = parseXml(await text(junit.render(comparedInput()))).children
    const cases = gates === undefined ? [] : elements(gates, 'testcase')
    expect(cases.map(({ children }) => children[0]?.name)).toStrictEqual([
      'failure',
      'system-out',
      'failure',
      undefined,
      'skipped',
      'failure',
    ])
    expect(cases[0]?.children[0]?.attributes['message']).toContain(
      'pass fell by 8 points (−14.1 to −2.0), from 81.4% to 73.4%, over 156 cases × 3.',
    )
    expect(cases[1]?.children[0]?.text).toMatch(/^Inconclusive: .*\n[^]*only drops over 17 points/)
    expect(cases[2]?.children[0]?.text).toContain(
      'Sarcastic praise (mail-7) in few-shot × sonnet: BROKEN, confirmed',
    )
    expect(cases[5]?.children[0]?.text).toContain('got worse')
  })

  it('fails the verdict of a run that --strict fails', async () => {
    const verdict = { decision: 'pass', exitCode: 4 } as const
    const [, gates] = parseXml(await text(junit.render(comparedInput({}, verdict)))).children
    expect(gates?.children.at(-1)?.children[0]?.name).toBe('failure')
  })
})

describe('a run that --strict fails', () => {
  it('is not called a pass', async () => {
    const input = comparedInput({}, { decision: 'pass', exitCode: 4 })
    expect(decisionWord(input)).toBe('INCONCLUSIVE')
    expect((await lines(input)).join('\n')).toContain('\nINCONCLUSIVE  ')
    expect(await text(markdown.render(input))).toContain('## INCONCLUSIVE: sentiment')
    expect(pageText(await text(page.render(input)))).toContain(' Verdict: INCONCLUSIVE ')
  })
})

describe('a run that stopped since its gate had decided', () => {
  const incomplete = [{ cause: 'decided', cells: 3, message: 'the gate had decided' }] as const
  const input = makeInput({ trials: [makeTrial()], planned: 4, manifest: { incomplete } })

  it('lacks nothing that its reader must be told of first', () => {
    expect(headlineOf(input)).toBeUndefined()
    expect(decisionWord(input)).not.toBe('INCOMPLETE')
  })

  it('still tells a machine which cells it left out, and has no command that would run them', () => {
    expect(summarize(input).incomplete).toStrictEqual(incomplete[0])
  })
})

describe('the JSON summary', () => {
  it('has the comparison in figures, with a decision for what gates alone', () => {
    const summary = summarize(comparedInput())
    expect(summarySchema.strict().parse(summary)).toStrictEqual(summary)
    expect(summary).toMatchObject({
      inconclusive: true,
      comparison: {
        baseline: { name: 'suites/sentiment/baseline.json', runId: '20261120-101500-abcd' },
        cases: 156,
        repeats: 3,
        margin: 0.05,
        flips: { worse: 19, better: 6 },
        broken: 1,
      },
    })
    expect(summary.comparison?.metrics.map(({ decision, signal }) => [decision, signal])).toStrictEqual([
      ['regression', undefined],
      ['inconclusive', 'leaning_worse'],
      [undefined, undefined],
      [undefined, undefined],
    ])
  })
})

describe('the page', () => {
  it('has the comparison, the changes and the flips as text, and nothing that acts', async () => {
    const rendered = await text(page.render(comparedInput()))
    const seen = pageText(rendered)
    expect(seen).toContain(' Against the baseline suites/sentiment/baseline.json ')
    expect(seen).toMatch(/ few-shot × sonnet pass 81\.4% → 73\.4% −8\.0 .* regression /)
    expect(staticPage(rendered)).toMatch(/<del>one word<\/del><ins>a short sentence<\/ins>/)
    expect(seen).toContain('only drops over 17 points can be seen')
  })
})
