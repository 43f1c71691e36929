import { drawEach, drawLevel, drawPass } from '../chances.ts'
import { countNaive, countVerdict, gateOnce } from '../gate-once.ts'
import type { Draw, Shape } from '../make-arm.ts'
import { equalClusters, makeArm } from '../make-arm.ts'
import type { Criterion, Random, Scenario, Table } from '../scenario.ts'
import { atMost, rateColumn, replicatesFor } from '../scenario.ts'

const MARGIN = 0.05
const CHANCES = [0.5, 0.8, 0.95]
const CASES = [20, 50, 100, 500]
const REPEATS = [1, 3, 5]
const CASES_OF_CLUSTER = 5
/** How far a document's cases move together from run to run, at most. */
const CLUSTER_SHIFT = 0.15

/** One run's replies. Called for each arm: an unchanged prompt has two runs of one kind. */
type MakeDraw = (random: Random) => Draw

/** A/A: two runs of the same prompt. */
export const unchanged: Table = {
  key: 'unchanged',
  title: 'A/A: the prompt is unchanged',
  notes: [
    'regression must be at most 2.5% + 3 SE, improved too; warned at most 15% from 50 × 3 up.',
    'In clusters of 5, the cases of a document move together by up to ±15 points from run to run.',
    'blocked: regressions, and cases that broke outright and stayed broken when run again (gate.confirm).',
    'any drop, over 2, over 5: rules without statistics, on the same runs.',
  ],
  columns: [
    rateColumn('regression', 'regression'),
    rateColumn('no worse', 'no_worse'),
    rateColumn('improved', 'improved'),
    rateColumn('inconclusive', 'inconclusive'),
    rateColumn('blocked', 'blocked'),
    rateColumn('warned', 'warned'),
    rateColumn('any drop', 'any drop'),
    rateColumn('> 2 points', 'over 2 points'),
    rateColumn('> 5 points', 'over 5 points'),
  ],
  scenarios: [...passRates(), ...graded(), fifteenMetrics(50), fifteenMetrics(100), ignoringClusters()],
}

function passRates(): Scenario[] {
  return CHANCES.flatMap((p) =>
    CASES.flatMap((cases) =>
      REPEATS.flatMap((repeats) => {
        const clusters = equalClusters(cases, cases / CASES_OF_CLUSTER)
        const name = `p ${p}, ${cases} × ${repeats}`
        return [
          sameTwice(name, { cases, repeats }, (random) => () => drawPass(random, p)),
          sameTwice(`${name}, clusters`, { cases, repeats, clusters }, movingTogether(p, clusters)),
        ]
      }),
    ),
  )
}

function graded(): Scenario[] {
  return CASES.flatMap((cases) =>
    REPEATS.map((repeats) =>
      sameTwice(
        `graded, ${cases} × ${repeats}`,
        { cases, repeats },
        (random) => () => {
          const quality = drawLevel(random, 0.8)
          return { pass: quality >= 0.5 ? 1 : 0, named: { quality } }
        },
        ['quality'],
      ),
    ),
  )
}

/** Each metric a check of its own, that passes or fails apart from the others. */
function fifteenMetrics(cases: number): Scenario {
  const metrics = Array.from({ length: 15 }, (_, index) => `check-${index + 1}`)
  return sameTwice(
    `15 metrics, ${cases} × 3`,
    { cases, repeats: 3 },
    (random) => () => ({
      pass: 1,
      named: Object.fromEntries(metrics.map((metric) => [metric, drawPass(random, 0.8)])),
    }),
    metrics,
  )
}

/** What becomes of the error rate where cases do share documents, and the suite does not say so. */
function ignoringClusters(): Scenario {
  const cases = 100
  const scenario = sameTwice(
    'p 0.8, 100 × 5, clusters, not declared (informs)',
    { cases, repeats: 5 },
    movingTogether(0.8, equalClusters(cases, cases / CASES_OF_CLUSTER)),
  )
  return { ...scenario, criteria: [] }
}

function movingTogether(p: number, clusters: readonly number[]): MakeDraw {
  const reach = Math.min(CLUSTER_SHIFT, p, 1 - p)
  return (random) => {
    const shifts = drawEach(clusters.length, () => (2 * random() - 1) * reach)
    return (index) => drawPass(random, p + (shifts[clusters[index] ?? 0] ?? 0))
  }
}

function sameTwice(
  name: string,
  shape: Shape,
  makeDraw: MakeDraw,
  metrics: readonly string[] = ['pass'],
): Scenario {
  const { cases, repeats, clusters } = shape
  const setup = { metrics, margin: MARGIN, clustered: clusters !== undefined }
  const inQuick = cases <= 100 && repeats !== 5
  return {
    name,
    replicates: { full: replicatesFor(2 * cases * repeats * metrics.length), ...(inQuick && { quick: 100 }) },
    criteria: criteriaOf(cases),
    simulate(random, count) {
      const base = makeArm(shape, makeDraw(random))
      const candidate = makeArm(shape, makeDraw(random))
      const fresh = { base: makeDraw(random), candidate: makeDraw(random) }
      const gated = gateOnce(base, candidate, { ...setup, fresh })
      countVerdict(gated, count)
      countNaive(gated, count)
    },
  }
}

function criteriaOf(cases: number): Criterion[] {
  const warned = cases >= 50 ? [atMost('warned', 0.15)] : []
  return [atMost('regression', 0.025), atMost('improved', 0.025), atMost('invalid', 0), ...warned]
}
