import { drawBeta, drawEach, drawLevel, drawPass } from '../chances.ts'
import { countVerdict, gateOnce } from '../gate-once.ts'
import type { Draw, Shape } from '../make-arm.ts'
import { equalClusters, makeArm } from '../make-arm.ts'
import type { Random, Scenario, Table } from '../scenario.ts'
import { atMost, rateColumn, replicatesFor } from '../scenario.ts'

const MARGIN = 0.05
/** What method and measurement allow over 2.5% where few cases bear the whole drop. */
const SKEWED = 0.007

interface Pair {
  readonly base: Draw
  readonly candidate: Draw
}

/** The true drop is the margin itself: whoever says "no worse" is wrong. */
export const atMargin: Table = {
  key: 'margin',
  title: 'False "no worse": the true drop is just the margin, 5 points',
  notes: [
    'no worse (or even improved) must be at most 2.5% + 3 SE (+ 0.7 points where few cases bear the drop).',
    'Clusters of very unequal sizes inform: the bound is known to be too easy there.',
  ],
  columns: [
    rateColumn('no worse', 'cleared'),
    rateColumn('regression', 'regression'),
    rateColumn('inconclusive', 'inconclusive'),
  ],
  scenarios: [
    ...[100, 200, 500].flatMap((cases) =>
      [1, 3, 5].flatMap((repeats) => [everyCase(0.8, cases, repeats), everyCase(0.95, cases, repeats)]),
    ),
    ...[100, 200, 500].map((cases) => mixedCases(cases, 3)),
    ...[20, 100, 200, 500].map((cases) =>
      breaking(`5% of the cases break, ${cases} × 3`, { cases, repeats: 3 }),
    ),
    ...[20, 40, 120].map((count) => {
      const cases = 5 * count
      const clusters = equalClusters(cases, count)
      return breaking(`5% of ${count} clusters break, ${cases} × 3`, { cases, repeats: 3, clusters })
    }),
    { ...unequalClusters(120), criteria: [] },
    ...[100, 500].map((cases) => gradedDrop(cases, 3)),
  ],
}

function everyCase(p: number, cases: number, repeats: number): Scenario {
  return dropping(
    `every case ${p} → ${(p - MARGIN).toFixed(2)}, ${cases} × ${repeats}`,
    { cases, repeats },
    0,
    (random) => ({
      base: () => drawPass(random, p),
      candidate: () => drawPass(random, p - MARGIN),
    }),
  )
}

/** Easy and hard cases, mean 0.8; each loses a sixteenth of its chance, so that the mean loses the margin. */
function mixedCases(cases: number, repeats: number): Scenario {
  return dropping(`Beta(1.6, 0.4) × 15/16, ${cases} × ${repeats}`, { cases, repeats }, SKEWED, (random) => {
    const chances = drawEach(cases, () => drawBeta(random, 1.6, 0.4))
    const chance = (index: number): number => chances[index] ?? 0
    return {
      base: (index) => drawPass(random, chance(index)),
      candidate: (index) => drawPass(random, chance(index) * (1 - MARGIN / 0.8)),
    }
  })
}

/** All pass always, but for the units that break outright: one in twenty, on average. */
function breaking(name: string, shape: Shape): Scenario {
  return dropping(name, shape, SKEWED, (random) => {
    const broken = drawEach(shape.cases, () => drawPass(random, MARGIN))
    return {
      base: () => 1,
      candidate: (index) => (broken[shape.clusters?.[index] ?? index] === 1 ? 0 : 1),
    }
  })
}

function unequalClusters(count: number): Scenario {
  const clusters = Array.from({ length: count }, (_, cluster) =>
    Array.from<number>({ length: 1 + (cluster % 15) }).fill(cluster),
  ).flat()
  const shape = { cases: clusters.length, repeats: 1, clusters }
  return breaking(`5% of ${count} clusters of 1 to 15 break, ${clusters.length} × 1 (informs)`, shape)
}

function gradedDrop(cases: number, repeats: number): Scenario {
  const drawn = (random: Random, mean: number) => () => ({
    pass: 1,
    named: { quality: drawLevel(random, mean) },
  })
  return dropping(
    `graded 0.8 → 0.75, ${cases} × ${repeats}`,
    { cases, repeats },
    0,
    (random) => ({ base: drawn(random, 0.8), candidate: drawn(random, 0.8 - MARGIN) }),
    'quality',
  )
}

function dropping(
  name: string,
  shape: Shape,
  slack: number,
  makePair: (random: Random) => Pair,
  metric = 'pass',
): Scenario {
  const { cases, repeats, clusters } = shape
  const setup = { metrics: [metric], margin: MARGIN, clustered: clusters !== undefined }
  return {
    name,
    replicates: {
      full: replicatesFor(2 * cases * repeats),
      ...(cases <= 100 && repeats === 3 && { quick: 200 }),
    },
    criteria: [atMost('cleared', 0.025, slack), atMost('invalid', 0)],
    simulate(random, count) {
      const { base, candidate } = makePair(random)
      countVerdict(gateOnce(makeArm(shape, base), makeArm(shape, candidate), setup), count)
    },
  }
}
