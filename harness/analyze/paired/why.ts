import type { Why } from '../../model/comparison.ts'
import { binomialPmf } from '../../stats/binomial.ts'
import { fisherLess } from '../../stats/fisher.ts'
import { caseGroups } from './case-groups.ts'
import type { ComparedMetric } from './compare-metric.ts'
import type { CaseInfo } from './observation.ts'
import type { PairedScores } from './paired-scores.ts'
import type { ScoreTable } from './score-table.ts'

/** Slices and checks that are named, and cases that are worth reading. */
const NAMED = 5

/** Repeats below which nothing is known of a case's flake. */
const REPEATS = 3

/** One-sided p up to which fallen cases lie in a slice more often than elsewhere: a pointer, not a finding. */
const LEVEL = 0.05

/** Where cases of a gating metric fell: which ones, in which slices, by which checks, and whether flake alone would do it. */
export function whyOf(compared: readonly ComparedMetric[], candidate: ScoreTable): Why[] {
  return compared
    .filter(({ comparison: { gates, counts } }) => gates && counts.worse > 0)
    .map(({ comparison, scores }) => {
      const { column, metric, counts } = comparison
      const fallen = fallenPlaces(scores)
      return {
        column,
        metric,
        worse: counts.worse,
        better: counts.better,
        expectedByFlake: expectedFalls(scores),
        slices: crowdedSlices(scores, new Set(fallen)),
        checks: failedChecks(fallen, scores, (id) => candidate.text(column, id)?.checks ?? []),
        readFirst: fallen.slice(0, NAMED).map((place) => (scores.cases[place] as CaseInfo).id),
      }
    })
}

/** Places of the cases that fell: the deepest fall first, of equal ones that over more repeats. */
function fallenPlaces({ base, candidate, ks, cases }: PairedScores): number[] {
  const drop = (i: number) => (base[i] as number) - (candidate[i] as number)
  return cases
    .map((_, i) => i)
    .filter((i) => drop(i) > 1e-9)
    .sort((a, b) => drop(b) - drop(a) || (ks[b] as number) - (ks[a] as number) || a - b)
}

/**
 * Cases expected to fall though nothing has changed: each case's chance that one binomial draw of its k repeats is below another, both of
 * its pooled pass rate. Null for graded scores, and with fewer than three repeats.
 */
function expectedFalls({ base, candidate, ks, k, binary }: PairedScores): number | null {
  if (!binary || k < REPEATS) return null
  const known = new Map<string, number>()
  let expected = 0
  for (let i = 0; i < base.length; i++) {
    const [n, a, b] = [ks[i] as number, base[i] as number, candidate[i] as number]
    const passed = Math.round((a + b) * n)
    const key = `${passed} ${n}`
    let chance = known.get(key)
    if (chance === undefined) known.set(key, (chance = (1 - tieChance(n, passed / (2 * n))) / 2))
    expected += chance
  }
  return expected
}

/** Chance that two draws of n repeats pass equally often. */
function tieChance(n: number, rate: number): number {
  let chance = 0
  for (let k = 0; k <= n; k++) chance += binomialPmf(k, n, rate) ** 2
  return Math.min(1, chance)
}

/** Slices in which the fallen cases lie more often than in the others (Fisher's exact test), the clearest first. */
function crowdedSlices({ cases }: PairedScores, fallen: ReadonlySet<number>): Why['slices'] {
  return caseGroups(cases)
    .map(({ slice, places }) => {
      const worse = places.filter((place) => fallen.has(place)).length
      const outside = { fell: fallen.size - worse, of: cases.length - places.length }
      const p = fisherLess({
        passedA: worse,
        nA: places.length,
        passedB: outside.fell,
        nB: outside.of,
      })
      return { slice, worse, cases: places.length, p }
    })
    .filter(({ worse, p }) => worse > 1 && p <= LEVEL)
    .sort((a, b) => a.p - b.p || b.worse - a.worse || (a.slice < b.slice ? -1 : 1))
    .slice(0, NAMED)
    .map(({ slice, worse, cases: all }) => ({ slice, worse, cases: all }))
}

function failedChecks(
  fallen: readonly number[],
  { cases }: PairedScores,
  checksOf: (caseId: string) => readonly string[],
): Why['checks'] {
  const counts = new Map<string, number>()
  for (const place of fallen)
    for (const check of checksOf((cases[place] as CaseInfo).id))
      counts.set(check, (counts.get(check) ?? 0) + 1)
  return [...counts]
    .map(([check, count]) => ({ check, cases: count }))
    .sort((a, b) => b.cases - a.cases || (a.check < b.check ? -1 : 1))
    .slice(0, NAMED)
}
