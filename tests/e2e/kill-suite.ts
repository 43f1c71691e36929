import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from './cli.ts'

const PROVIDER = readFileSync(join(import.meta.dirname, '../faults/provider.mjs'), 'utf8')

/** The cells of a run that is killed: 250 cases, each asked in two ways. */
const CASES = 250
export const CELLS = CASES * 2

/** A tenth of the cases are right in the second round of feedback only, a tenth never, and a tenth are graded by a model. */
const TENTH = CASES / 10

/** Calls a run makes that nothing disturbs: first rounds, second rounds of two tenths, and grades. */
export const CALLS = (CASES + 2 * TENTH + TENTH) * 2

/** Calls in flight at most: the model's account, and the grader's. */
export const IN_FLIGHT = 8 + 4

function testOf(n: number): object {
  const last = n % 10
  return {
    metadata: { id: `c${n}`, tags: [n % 2 === 0 ? 'even' : 'odd'] },
    vars: { word: `word-${n}` },
    assert: [
      { type: 'contains', value: `(round ${last === 3 ? 1 : 0})`, metric: 'round' },
      ...(last === 8 ? [{ type: 'contains', value: 'never', metric: 'never' }] : []),
      ...(last === 6 ? [{ type: 'llm-rubric', value: 'is well said', metric: 'said' }] : []),
    ],
  }
}

/** The files of the suite. The server's address is in the environment, so that every run of it has the same cells. */
export function killSuite(): Files {
  const provider = (account: string): object => ({
    id: 'file://provider.mjs',
    label: account,
    config: { account },
  })
  const suite = {
    prompts: ['Say {{word}}', 'Write {{word}}'],
    providers: [provider('model')],
    defaultTest: { options: { provider: provider('grader') } },
    tests: Array.from({ length: CASES }, (_, n) => testOf(n)),
    assay: {
      // A reply that is on record is to be found there, not in the cache.
      cache: false,
      feedback: { maxAttempts: 2, template: '{{prompt}}\n{{reply}}\nWrong: {{reasons}}' },
      limits: { grader: { concurrency: 4 }, '*': { concurrency: 8 } },
    },
  }
  return { 'suite.yaml': JSON.stringify(suite, null, 1), 'provider.mjs': PROVIDER }
}
