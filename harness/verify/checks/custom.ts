import type { Assertion } from '../../model/assertion.ts'
import type { AssayContext, CheckSetup, Configure, Instrument } from '../../model/custom-check.ts'
import type { ProviderResponse } from '../../model/provider.ts'
import type { SourceLocation } from '../../model/source.ts'
import type { Suite } from '../../model/suite.ts'
import { HarnessError, messageOf } from '../../model/errors.ts'
import { placed } from '../../suite/config/at-place.ts'
import { fail } from '../../suite/config/fail.ts'
import { asWritten, noteWritten } from '../../suite/config/render-env.ts'
import type { AskGrader } from '../graders/grader-calls.ts'
import { watchGrader } from '../graders/grader-calls.ts'
import type { GraderRef } from '../graders/graders.ts'
import { isProvider } from '../graders/graders.ts'
import type { Tools } from '../tools.ts'
import type { Subject } from './subject.ts'

/** The models that a custom check asks, and who makes the calls. */
export interface CustomGraders {
  readonly refs: readonly GraderRef[]
  readonly name: string
  readonly ask: AskGrader
}

/**
 * Has a custom check read its config, before any call is made.
 * @throws HarnessError `suite` at the mistake
 */
export async function configureCheck(
  configure: Configure | undefined,
  { config = {}, value }: Assertion,
  at: SourceLocation,
  suite: Pick<Suite, 'dir'>,
): Promise<CheckSetup> {
  if (configure === undefined) return {}
  // It may change what it is given: the replies must not see that.
  const setUp = async (given: typeof config): Promise<CheckSetup> =>
    (await configure(structuredClone(given), { dir: suite.dir })) ?? {}
  try {
    const setup = await setUp(config)
    const written = asWritten(config)
    // What the environment holds is no part of the models: as with providers, they are what is written of them.
    if (written !== undefined && setup.instrument !== undefined)
      noteConfigs(setup.instrument, (await setUp(written).catch(() => setup)).instrument)
    return setup
  } catch (error) {
    if (error instanceof HarnessError) throw placed(error, { config, at })
    throw fail('suite', `${String(value)} cannot be set up: ${messageOf(error)}`, at, undefined, error)
  }
}

function noteConfigs({ graders }: Instrument, written: Instrument | undefined): void {
  for (const [i, grader] of graders.entries()) {
    const [config, before] = [configOf(grader), configOf(written?.graders[i])]
    if (config !== undefined && before !== undefined && config !== before) noteWritten(config, before)
  }
}

function configOf(grader: unknown): object | undefined {
  const { config } = (grader ?? {}) as { readonly config?: unknown }
  return typeof config === 'object' && config !== null ? config : undefined
}

/** What a custom check is told that promptfoo has not. */
export function assayContext(
  graders: CustomGraders | undefined,
  subject: Subject,
  tools: Tools,
): AssayContext {
  const { origin } = subject
  return {
    dir: tools.suite.dir,
    async ask(grader, prompt) {
      const ref = graders?.refs.find(({ written }) => isSame(written, grader))
      if (graders === undefined || ref === undefined)
        return { error: 'the check did not name this grader when it was set up' }
      const loaded = await tools.graders.load(ref)
      if (!isProvider(loaded)) return { error: 'a grader for each kind of call cannot be asked a question' }
      const { grader: watched } = watchGrader(loaded, { origin, check: graders.name, ask: graders.ask })
      return askText(watched as typeof loaded, prompt, subject)
    },
  }
}

async function askText(
  grader: { callApi: (prompt: string, context?: never) => Promise<ProviderResponse> },
  prompt: string,
  { vars }: Subject,
): Promise<ProviderResponse> {
  try {
    return await grader.callApi(prompt, { vars, prompt: { raw: prompt, label: 'judge' } } as never)
  } catch (error) {
    return { error: messageOf(error) }
  }
}

function isSame(written: unknown, asked: unknown): boolean {
  return written === asked || (!isProvider(written) && JSON.stringify(written) === JSON.stringify(asked))
}
