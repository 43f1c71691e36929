import type { Flip, PassCount } from '../../model/comparison.ts'
import { fisherLess } from '../../stats/fisher.ts'
import { benjaminiHochberg } from '../../stats/multiple.ts'
import { nameOf } from './compare-metric.ts'
import type { CaseInfo } from './observation.ts'
import type { PairedColumn } from './pair-columns.ts'
import type { PairedCases } from './pair-cases.ts'
import type { PairedScores } from './paired-scores.ts'
import { pairScores, readMetric } from './paired-scores.ts'
import { plain } from './rounding.ts'
import type { ScoreTable } from './score-table.ts'

/** Flips that a comparison lists. */
const LISTED = 200

type ColumnWithCases = PairedColumn & { readonly cases: PairedCases }

/** A flip before it is put in words: where it stands, and how it is sorted. */
interface FoundFlip {
  /** Place of the column, and of the case in its scores. */
  readonly columnIndex: number
  readonly place: number
  readonly gates: boolean
  readonly delta: number
  readonly p: number
}

export interface Flips {
  readonly flips: Flip[]
  readonly counts: { readonly worse: number; readonly better: number }
}

/**
 * Cases whose pass rate is another now, over as many repeats of either arm: those that got worse first, those of columns that ship
 * before others, then the worst. The p-values are of one case alone: with them cases are read, not gated.
 */
export function findFlips(
  pairs: readonly ColumnWithCases[],
  candidate: ScoreTable,
  quarantined: ReadonlySet<string>,
): Flips {
  const scores = pairs.map((pair) => passScores(pair, candidate))
  const found = scores.flatMap((column, columnIndex) =>
    flipsOf(column, columnIndex, pairs[columnIndex]?.gates === true, quarantined),
  )
  const adjusted = benjaminiHochberg(found.map(({ p }) => p))
  const infoOf = ({ columnIndex, place }: FoundFlip) => scores[columnIndex]?.cases[place] as CaseInfo
  const order = found
    .map((_, i) => i)
    .sort((i, j) => {
      const [a, b] = [found[i] as FoundFlip, found[j] as FoundFlip]
      return compare(a, b) || byCase(infoOf(a), infoOf(b)) || a.columnIndex - b.columnIndex
    })
  const worse = found.filter(({ delta }) => delta < 0).length
  return {
    flips: order.slice(0, LISTED).map((i) => {
      const flip = found[i] as FoundFlip
      const pair = pairs[flip.columnIndex] as ColumnWithCases
      const counts = passCounts(scores[flip.columnIndex] as PairedScores, flip.place)
      return inWords(infoOf(flip), flip, counts, pair, adjusted[i] as number, candidate)
    }),
    counts: { worse, better: found.length - worse },
  }
}

function flipsOf(
  scores: PairedScores,
  columnIndex: number,
  isGating: boolean,
  quarantined: ReadonlySet<string>,
): FoundFlip[] {
  const { cases, base, candidate } = scores
  const found: FoundFlip[] = []
  for (let place = 0; place < cases.length; place++) {
    const delta = (candidate[place] as number) - (base[place] as number)
    if (Math.abs(delta) < 1e-9) continue
    const [old, now] = passCounts(scores, place)
    const p = delta < 0 ? lessOften(old, now) : lessOften(now, old)
    const gates = isGating && !quarantined.has((cases[place] as CaseInfo).id)
    found.push({ columnIndex, place, gates, delta, p })
  }
  return found
}

/** Passes of a column's cases, as far as both arms have them. */
function passScores(pair: ColumnWithCases, candidate: ScoreTable): PairedScores {
  const views = [pair.base.view(pair.against), candidate.view(pair.column)] as const
  return pairScores(...views, pair.cases, readMetric('pass'))
}

/** Passes of the repeats that are compared. */
function passCounts({ base, candidate, ks }: PairedScores, i: number): [PassCount, PassCount] {
  const of = ks[i] as number
  const count = (mean: number) => ({ passed: Math.round(mean * of), of })
  return [count(base[i] as number), count(candidate[i] as number)]
}

/** Fisher's exact p that b passes less often than a. The same few counts come again and again. */
function lessOften(a: PassCount, b: PassCount): number {
  // Of either there are as many.
  if (a.of !== b.of || a.of > MOST_KNOWN) return fisher(a, b)
  const key = (a.of * (MOST_KNOWN + 1) + a.passed) * (MOST_KNOWN + 1) + b.passed
  let p = KNOWN.get(key)
  if (p === undefined) KNOWN.set(key, (p = fisher(a, b)))
  return p
}

/** Repeats up to which p-values are kept. */
const MOST_KNOWN = 20

const KNOWN = new Map<number, number>()

function fisher(a: PassCount, b: PassCount): number {
  return plain(fisherLess({ passedA: a.passed, nA: a.of, passedB: b.passed, nB: b.of }))
}

function compare(a: FoundFlip, b: FoundFlip): number {
  return (
    Number(a.delta > 0) - Number(b.delta > 0) ||
    Number(b.gates) - Number(a.gates) ||
    a.p - b.p ||
    Math.abs(b.delta) - Math.abs(a.delta)
  )
}

function byCase(a: CaseInfo, b: CaseInfo): number {
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1
}

function inWords(
  info: CaseInfo,
  { gates, p }: FoundFlip,
  [base, now]: readonly [PassCount, PassCount],
  pair: PairedColumn,
  pAdjusted: number,
  table: ScoreTable,
): Flip {
  const { column, against } = pair
  const isWorse = now.passed < base.passed
  const failed = isWorse ? table.text(column, info.id) : undefined
  const output = failed?.output ?? table.output(column, info.id)
  const failedBefore = isWorse ? undefined : pair.base.text(against, info.id)
  const baseOutput = failedBefore?.output ?? pair.base.output(against, info.id)
  return {
    caseId: info.id,
    ...(info.description !== undefined && { description: info.description }),
    ...(info.source !== undefined && { source: info.source }),
    tags: info.tags,
    column: nameOf(column),
    against: nameOf(against),
    gates,
    base,
    candidate: now,
    flaky: [base, now].some(({ passed, of }) => passed > 0 && passed < of),
    p,
    pAdjusted,
    checks: failed?.checks ?? [],
    reason: failed?.reason ?? (now.passed === now.of ? 'passes now' : 'passes more often now'),
    ...(output !== undefined && { output }),
    ...(baseOutput !== undefined && { baseOutput }),
  }
}
