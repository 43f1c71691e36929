import type { TestCase } from '../../model/case.ts'
import type { Provider, ProviderResponse } from '../../model/provider.ts'
import type { CallOrigin } from '../../model/verification.ts'
import type { Assertion } from '../../model/assertion.ts'
import type { Grade } from '../score/grade.ts'
import type { Promptfoo } from '../promptfoo.ts'
import type { Transform } from '../prepare/transforms.ts'

/** What a check looks at: one reply after the transforms, and what it was a reply to. */
export interface Subject {
  readonly output: unknown
  /** As rendered into the prompt. */
  readonly vars: Record<string, unknown>
  readonly prompt: string
  readonly provider: Provider
  readonly test: TestCase
  /** With the transformed output, and `providerTransformedOutput` beside it. */
  readonly response: ProviderResponse
  readonly latencyMs: number | undefined
  readonly origin: CallOrigin | undefined
}

/** Runs one check on a reply. Rejects when the check broke. */
export type Runner = (subject: Subject, promptfoo: Promptfoo) => Promise<Grade>

/** How promptfoo shows an output to the checks that read text. */
export function asText(output: unknown): string {
  return typeof output === 'string' ? output : JSON.stringify(output)
}

/** The second argument of a custom check, as promptfoo builds it. */
export function checkContext(
  subject: Subject,
  config: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const { prompt, vars, test, provider, response } = subject
  return {
    prompt,
    vars,
    test,
    logProbs: response.logProbs,
    provider,
    providerResponse: response,
    // A check may change its config: the next reply must not see that.
    ...(config && { config: structuredClone(config) }),
    ...(response.metadata && { metadata: response.metadata }),
  }
}

/** The output after the assertion's own transform. */
export function transformed({ transform }: Assertion, subject: Subject): unknown {
  if (!transform) return subject.output
  const { vars, prompt, response } = subject
  const context = {
    vars,
    prompt: { label: prompt },
    ...(response.metadata && { metadata: response.metadata }),
  }
  return (transform as Transform)(subject.output, context)
}
