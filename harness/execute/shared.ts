import type { Plan } from '../model/plan.ts'
import type { Provider } from '../model/provider.ts'
import type { Verifier } from '../model/verification.ts'
import type { CallModel } from './call.ts'
import type { Conversation } from './conversation.ts'
import type { Extensions } from './extensions.ts'
import type { Feedback } from './feedback/feedback.ts'
import type { Graders } from './graders.ts'
import type { UndefinedVariables } from './undefined-variables.ts'

/** What the cells of a worker share. */
export interface Shared {
  readonly plan: Plan
  readonly providers: ReadonlyMap<string, Provider>
  readonly verifier: Verifier
  /** Paths are recorded relative to it. */
  readonly cwd: string
  readonly callModel: CallModel
  /** Where replies that fail their checks go back to the model. */
  readonly feedback: Feedback | undefined
  readonly graders: Graders | undefined
  readonly extensions: Extensions | undefined
  /** Where outputs go from one cell to the next. */
  readonly conversation: Conversation | undefined
  readonly undefinedVariables: UndefinedVariables
  readonly runId: string | undefined
  /** What providers are given as promptfoo's logger. */
  readonly logger: object
  readonly onWarning: (message: string) => void
}
