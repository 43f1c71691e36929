import { HarnessError, messageOf } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import type { Provider } from '../model/provider.ts'
import type { JournalLine, Trial } from '../model/trial.ts'
import type { Verifier } from '../model/verification.ts'
import type { CallModel } from './call-model.ts'
import type { CompareGroups } from './compare-groups.ts'
import type { Conversation } from './conversation.ts'
import type { Extensions, HookResult } from './extensions.ts'
import type { Stop } from './stop.ts'
import type { Tally } from './tally.ts'
import type { UndefinedVariables } from './undefined-variables.ts'

/** `write` resolves once the line is safe on disk. */
export interface Journal {
  write(line: JournalLine): Promise<void>
}

/** What the cells of a run share. */
export interface Shared {
  readonly plan: Plan
  readonly providers: ReadonlyMap<string, Provider>
  readonly verifier: Verifier
  readonly journal: Journal
  /** Paths are recorded relative to it. */
  readonly cwd: string
  readonly callModel: CallModel
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number
  readonly stop: Stop
  readonly tally: Tally
  readonly groups: CompareGroups
  readonly extensions: Extensions | undefined
  /** In a serial run only. */
  readonly conversation: Conversation | undefined
  readonly undefinedVariables: UndefinedVariables
  readonly runId: string | undefined
  /** What providers are given as promptfoo's logger. */
  readonly logger: object
  /** True once calls in flight are being aborted: such a cell is left out, to be run again. */
  readonly isAborting: () => boolean
  /** Told of a trial that is on record, and of its row for the afterAll hooks if there are any. */
  readonly onRecorded: (trial: Trial, row: HookResult | undefined) => void
  readonly onWarning: (message: string) => void
}

/**
 * Records a line.
 * @throws HarnessError `incomplete` when it cannot be written: the run cannot go on.
 */
export async function writeLine(journal: Journal, line: JournalLine): Promise<void> {
  try {
    await journal.write(line)
  } catch (error) {
    throw new HarnessError(
      'incomplete',
      `the run stopped, its record cannot be written: ${messageOf(error)}`,
      {
        hint: 'what was recorded is kept; make room, then `assay verify` on the run folder analyzes it',
        cause: error,
      },
    )
  }
}
