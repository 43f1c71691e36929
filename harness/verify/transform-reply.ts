import type { VerifyInput } from '../model/verification.ts'
import { withDeadline } from './deadline.ts'
import type { Subject } from './checks/subject.ts'
import type { Transform, Transforms } from './prepare/transforms.ts'

interface TransformContext {
  readonly transforms: Transforms
  /** Milliseconds both transforms together may take. */
  readonly timeoutMs: number
}

/**
 * What the checks look at: the reply after the provider's transform, then the test's, with promptfoo's contexts.
 * @throws Error when a transform throws, returns nothing, or runs out of time
 */
export async function transformReply(
  input: VerifyInput,
  ofTest: Transform | undefined,
  { transforms, timeoutMs }: TransformContext,
): Promise<Subject> {
  const { provider, response, vars, prompt, case: testCase, latencyMs, origin } = input
  let byProvider = response.output
  let output = response.output
  if (provider.transform || ofTest) {
    const late = (): Error => new Error(`the transforms of the reply did not finish within ${timeoutMs} ms`)
    ;[byProvider, output] = await withDeadline(apply(), timeoutMs, late)
  }
  if (output === null || output === undefined) throw new Error('Response output should not be null')
  return {
    output,
    vars,
    prompt,
    provider,
    test: testCase.test,
    response: { ...response, output, providerTransformedOutput: byProvider },
    latencyMs: latencyMs ?? undefined,
    origin,
  }

  async function apply(): Promise<[unknown, unknown]> {
    const context = { vars, prompt: input.template ?? { raw: prompt, label: prompt } }
    const ofProvider = provider.transform ? await transforms.load(provider.transform, testCase.at) : undefined
    const first = ofProvider === undefined ? response.output : await ofProvider(response.output, context)
    if (ofTest === undefined) return [first, first]
    const { metadata } = response
    return [first, await ofTest(first, { ...context, ...(metadata && { metadata }) })]
  }
}
