import type { Assertion } from '../../model/assertion.ts'
import { isDeterministic } from '../assertion-kind.ts'
import type { AssertionRun } from '../promptfoo.ts'
import type { Runner, Subject } from './subject.ts'

const NO_TEST = {}

/** promptfoo's own check. One that sees only the reply is spared the test case, which promptfoo copies every time. */
export function builtIn(assertion: Assertion, alone = isDeterministic(assertion.type)): Runner {
  return (subject, promptfoo) => promptfoo.assertions.runAssertion(assertionRun(assertion, subject, alone))
}

/** What promptfoo is told of a reply. */
export function assertionRun(assertion: Assertion, subject: Subject, alone: boolean): AssertionRun {
  const { vars, prompt, provider, test, response, latencyMs } = subject
  return {
    assertion,
    test: alone ? NO_TEST : test,
    vars,
    prompt,
    provider,
    providerResponse: response,
    latencyMs,
  }
}

/** promptfoo answers a webhook that cannot be reached with a failure; it says nothing of the reply. */
export function webhookCheck(assertion: Assertion): Runner {
  const run = builtIn(assertion)
  return async (subject, promptfoo) => {
    const result = await run(subject, promptfoo)
    if (result.reason.startsWith('Webhook error: ')) throw new Error(result.reason)
    return result
  }
}
