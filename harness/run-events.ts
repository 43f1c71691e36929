import type { AccountState } from './model/account-state.ts'
import type { Plan } from './model/plan.ts'
import type { ChildName } from './model/run.ts'
import type { Call, Trial } from './model/trial.ts'

/** Told how a run goes, while it goes. */
export interface RunEvents {
  /** The folder is made; calls begin. `onRecord`: cells that an earlier session finished. */
  readonly onStart?: (plan: Plan, dir: string, onRecord?: number) => void
  /** Columns are run again for the comparison, in a run of their own: what follows is of that one. */
  readonly onChild?: (name: ChildName, plan: Plan, onRecord?: number) => void
  readonly onTrial?: (trial: Trial) => void
  /** A call of a model or a grader was made, or replayed, and is on record, whatever becomes of its cell. */
  readonly onCall?: (call: Call) => void
  /** A cell was left out: no call of it is made any more. */
  readonly onWithheld?: () => void
  readonly onAccount?: (account: string, state: AccountState) => void
  readonly onWarning?: (message: string) => void
}
