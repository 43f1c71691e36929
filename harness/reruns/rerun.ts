import type { Extra } from '../model/cell.ts'
import type { ColumnName } from '../model/comparison.ts'
import type { ChildName, Run } from '../model/run.ts'

/** A column that is to answer once more, by its name in its own arm. */
export interface RerunColumn {
  readonly role: Extra['role']
  readonly name: ColumnName
  /** The column of the run that it is paired with; for one of the run's own, itself. */
  readonly like: ColumnName
  /** Ids of the cases it answers; absent for all. */
  readonly cases?: ReadonlySet<string>
}

/** What a comparison wants to see again, with fresh replies. */
export interface RerunRequest {
  readonly name: ChildName
  readonly columns: readonly RerunColumn[]
  /** Numbers of the repeats by arm: apart from each other, since an unchanged column answers alike to the same number. */
  readonly repeats: Readonly<Record<Extra['role'], Extra['repeats']>>
}

/** What became of it: a run of its own, whole or not, or why there is none. */
export interface Rerun {
  readonly run?: Run
  /** Why replies are missing, as the end of a sentence; absent where none is. */
  readonly why?: string
}

/** Runs columns again, or finds what an earlier session has run. Rejects only for what breaks the run itself. */
export type Reruns = (request: RerunRequest) => Promise<Rerun>

/** Numbers of repeats for both arms, `count` each, from a number that neither has used. */
export function bothArms(from: number, count: number): RerunRequest['repeats'] {
  return { candidate: { from, count }, baseline: { from: from + count, count } }
}
