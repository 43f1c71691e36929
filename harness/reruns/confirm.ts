import type { RerunResults } from '../analyze/paired/compare-options.ts'
import { MOST_CASES, repeatsToConfirm } from '../analyze/paired/confirm-test.ts'
import type { BrokenCase } from '../model/comparison.ts'
import { columnName, isSameColumn } from '../model/comparison.ts'
import type { GatingPair } from './gating-pairs.ts'
import { columnsOfPairs } from './gating-pairs.ts'
import type { RerunTrial } from './rerun-trials.ts'
import { rerunTrials } from './rerun-trials.ts'
import type { Reruns } from './rerun.ts'
import { bothArms } from './rerun.ts'

/** The most repeats that one arm may take to confirm, by the number of cases and columns that are run again. */
export const CONFIRM_ROOM = 100

const ERRORED = 'its replies errored'
const NOT_AMONG =
  'it was not among what was run again: its checks compare columns, or the run was made for another comparison'

/** Of a column whose drop is proven without them: enough to show what broke. */
const MOST_WHERE_PROVEN = 10

interface ConfirmOptions {
  readonly broken: readonly BrokenCase[]
  /** Names of the columns that are proven to be worse. */
  readonly proven: ReadonlySet<string>
  readonly pairs: readonly GatingPair[]
  /** Fresh repeats in both arms: at least so many, and more where so many cases broke that these could confirm none. */
  readonly least: number
  /** The first number of a repeat that neither arm has used. */
  readonly from: number
  readonly reruns: Reruns
}

/** Has the broken cases of the columns that gate run again in both arms; undefined where there are none. */
export async function confirm(options: ConfirmOptions): Promise<RerunResults | undefined> {
  const { pairs, least, from, reruns } = options
  const gating = options.broken.filter(({ column }) =>
    pairs.some((pair) => isSameColumn(pair.column, column)),
  )
  const chosen = choose(gating, options.proven)
  if (chosen.length === 0) return undefined
  const count = repeatsToConfirm(chosen.length, least)
  const casesOf = ({ column }: GatingPair): ReadonlySet<string> =>
    new Set(chosen.filter((one) => isSameColumn(one.column, column)).map(({ caseId }) => caseId))
  const affected = pairs.filter((pair) => casesOf(pair).size > 0)
  const columns = columnsOfPairs(affected, casesOf)
  const { run, why } = await reruns({ name: 'confirm', columns, repeats: bothArms(from, count) })
  const tooMany =
    chosen.length < gating.length ? 'so many broke that the others were run again in their place' : undefined
  const tally = run === undefined ? new Map<string, Passes>() : await passesOf(rerunTrials(run))
  let isAsked = false
  const cases = chosen.flatMap(({ caseId, column }) => {
    const pair = affected.find((each) => isSameColumn(each.column, column))
    if (pair === undefined) return []
    const base = tally.get(cellKey(pair.isOwn ? 'candidate' : 'baseline', pair.against, caseId))
    const candidate = tally.get(cellKey('candidate', column, caseId))
    if (isWhole(base, count) && isWhole(candidate, count))
      return { column, caseId, base: countOf(base), candidate: countOf(candidate) }
    isAsked ||= base !== undefined || candidate !== undefined
    return []
  })
  const isMissing = cases.length < chosen.length
  const said = why ?? (isMissing ? (isAsked ? ERRORED : NOT_AMONG) : tooMany)
  return { cases, ...(said !== undefined && { why: said }) }
}

/** Of many that broke as many as can tell what became of them all: calls cost. */
function choose(broken: readonly BrokenCase[], proven: ReadonlySet<string>): BrokenCase[] {
  const ids = new Set<string>()
  const byColumn = new Map<string, number>()
  return broken.filter(({ caseId, column }) => {
    const name = columnName(column)
    const taken = byColumn.get(name) ?? 0
    const isFull = !ids.has(caseId) && ids.size >= MOST_CASES
    if (isFull || (taken >= MOST_WHERE_PROVEN && proven.has(name))) return false
    ids.add(caseId)
    byColumn.set(name, taken + 1)
    return true
  })
}

interface Passes {
  passed: number
  scored: number
  trials: number
}

async function passesOf(trials: AsyncIterable<RerunTrial>): Promise<Map<string, Passes>> {
  const tally = new Map<string, Passes>()
  for await (const { role, name, trial } of trials) {
    const key = cellKey(role, name, trial.cell.caseId)
    const passes = tally.get(key) ?? { passed: 0, scored: 0, trials: 0 }
    tally.set(key, passes)
    passes.trials++
    if (trial.outcome !== 'errored') passes.scored++
    if (trial.outcome === 'passed') passes.passed++
  }
  return tally
}

/** True where every repeat has ended, and at least one was scored. */
function isWhole(passes: Passes | undefined, count: number): passes is Passes {
  return passes !== undefined && passes.trials >= count && passes.scored > 0
}

function countOf({ passed, scored }: Passes): { passed: number; of: number } {
  return { passed, of: scored }
}

function cellKey(role: string, name: Parameters<typeof columnName>[0], caseId: string): string {
  return `${role}\0${columnName(name)}\0${caseId}`
}
