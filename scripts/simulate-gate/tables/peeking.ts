import type { Observation } from '../../../harness/analyze/paired/observation.ts'
import { sequentialComparison } from '../../../harness/reruns/sequential.ts'
import { StopRule } from '../../../harness/reruns/stop-rule.ts'
import { drawPass } from '../chances.ts'
import { countVerdict, gateOnce } from '../gate-once.ts'
import { armOf, caseIdOf, COLUMN, makeArm, observe } from '../make-arm.ts'
import type { Count, Random, Scenario, Table } from '../scenario.ts'
import { atMost, rateColumn } from '../scenario.ts'

const CASES = 200
const ALPHA = 0.05
const MARGIN = 0.05
const P = 0.8
/** Share of the replicates in which the gate for a fixed size is asked again and again. */
const LOOKED_AT = 0.25
const SETUP = { metrics: ['pass'], margin: MARGIN, alpha: ALPHA }

/** Looking after every case, and stopping as soon as it is decided. */
export const peeking: Table = {
  key: 'peeking',
  title: `Stop early: looking after every case, ${CASES} at most`,
  notes: [
    'The verdict of a run that may stop at any case: regression of an unchanged prompt, and no worse at a true drop of 5 points, at most 2.5% + 3 SE.',
    'regression at a fixed size, at the end; every 10 (of an unchanged prompt): what the gate for a fixed size would come to, were it asked after every 10 cases.',
    'cases: used until it is decided, on average.',
  ],
  columns: [
    rateColumn('e-process: regression', 'regression'),
    rateColumn('no worse', 'cleared'),
    { header: 'cases', show: ({ counts, replicates }) => ((counts['cases'] ?? 0) / replicates).toFixed(0) },
    rateColumn('fixed size, at the end', 'at the end'),
    {
      header: 'fixed size, every 10',
      show: ({ counts }) =>
        counts['looked'] === undefined
          ? '–'
          : `${((100 * (counts['every 10'] ?? 0)) / counts['looked']).toFixed(1)}%`,
    },
  ],
  scenarios: [
    peeked('unchanged', 1, 0, 'regression'),
    peeked('unchanged', 3, 0, 'regression'),
    peeked('every case −5 points', 1, 0.05, 'cleared'),
    peeked('every case −5 points', 3, 0.05, 'cleared'),
    peeked('every case −10 points', 1, 0.1),
    peeked('every case −20 points', 1, 0.2),
  ],
}

function peeked(what: string, repeats: number, drop: number, wrong?: string): Scenario {
  return {
    name: `${what}, ${CASES} × ${repeats}`,
    replicates: { full: wrong === undefined ? 1000 : 2000, ...(repeats === 1 && { quick: 50 }) },
    criteria: wrong === undefined ? [] : [atMost(wrong, ALPHA / 2)],
    simulate(random, count) {
      const base = passes(random, P, repeats)
      const candidate = passes(random, P - drop, repeats)
      count('cases', stopEarly(base, candidate, repeats, count))
      const regresses = (cases: number): boolean => {
        const shape = { cases, repeats }
        const arm = (scores: readonly number[]) =>
          makeArm(shape, (index, repeat) => scores[index * repeats + repeat] ?? Number.NaN)
        let regressed = false
        countVerdict(gateOnce(arm(base), arm(candidate), SETUP), (event) => {
          regressed ||= event === 'regression'
        })
        return regressed
      }
      const atTheEnd = regresses(CASES)
      if (atTheEnd) count('at the end')
      // Twenty gates a replicate: a quarter of them is enough to make the point.
      if (drop > 0 || repeats > 1 || random() > LOOKED_AT) return
      count('looked')
      if (atTheEnd || looks().some(regresses)) count('every 10')
    },
  }
}

function passes(random: Random, p: number, repeats: number): number[] {
  return Array.from({ length: CASES * repeats }, () => drawPass(random, p))
}

/** Sizes at which an impatient reader looks. */
function looks(): number[] {
  return Array.from({ length: CASES / 10 - 1 }, (_, index) => 10 * (index + 1))
}

/** A run that looks after every case, to its verdict; returns the cases it used. */
function stopEarly(
  base: readonly number[],
  candidate: readonly number[],
  repeats: number,
  count: Count,
): number {
  const shape = { cases: CASES, repeats }
  const stored = makeArm(shape, (index, repeat) => base[index * repeats + repeat] ?? Number.NaN)
  const rule = new StopRule({
    watched: [{ column: COLUMN, against: COLUMN, metric: 'pass' }],
    base: stored.table,
    order: ORDER,
    cellsOf: new Map(ORDER.map((id) => [id, repeats])),
    isSingle: repeats === 1,
    alpha: ALPHA,
    margin: MARGIN,
  })
  const seen: Observation[] = []
  for (const cell of observe(shape, (index, repeat) => candidate[index * repeats + repeat] ?? Number.NaN)) {
    seen.push(cell)
    rule.add(cell)
    if (rule.decided !== undefined) break
  }
  const about = {
    stopped: rule.used < CASES,
    casesUsed: rule.used,
    casesPlanned: CASES,
    callsSaved: (CASES - rule.used) * repeats,
  }
  const arms = { base: stored, candidate: armOf(shape, seen) }
  const gated = gateOnce(arms.base, arms.candidate, {
    ...SETUP,
    atAnyTime: (comparison) => sequentialComparison(comparison, arms, { about, cases: rule.counted }),
  })
  countVerdict(gated, count)
  return rule.used
}

/** Cases are alike: any order is a random one. */
const ORDER = Array.from({ length: CASES }, (_, index) => caseIdOf(index))
