import { describe, expect, it } from 'vitest'
import type { Provider, ProviderResponse } from '../../../harness/model/provider.ts'
import type { ProviderSpec } from '../../../harness/model/suite.ts'
import type { AskGrader, GraderAsk } from '../../../harness/verify/graders/grader-calls.ts'
import { caseOf, verifierIn, verifyReply } from './support.ts'

function graderAnswering(answer: ProviderResponse | Error): Provider {
  return {
    id: () => 'the grader',
    callApi: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
  }
}

const rubric = { type: 'llm-rubric', value: 'is about {{ animal }}' }
const good = { output: '{"pass": true, "score": 0.8, "reason": "it is"}' }

/** Makes every call, and remembers it. */
function asking(): { readonly asked: GraderAsk[]; readonly askGrader: AskGrader } {
  const asked: GraderAsk[] = []
  return {
    asked,
    askGrader(ask) {
      asked.push(ask)
      return ask.invoke()
    },
  }
}

describe('a check that asks a model', () => {
  it('takes the grader from the assertion first, then from the test', async () => {
    const verifier = await verifierIn()
    const bad = graderAnswering({ output: '{"pass": false, "score": 0, "reason": "no"}' })
    const options = { provider: bad }
    const own = caseOf([{ ...rubric, provider: graderAnswering(good) }], { options })
    expect(await verifyReply(verifier, own, { output: 'cat' })).toMatchObject({
      outcome: 'passed',
      score: 0.8,
    })
    expect(await verifyReply(verifier, caseOf([rubric], { options }), { output: 'cat' })).toMatchObject({
      outcome: 'failed',
    })
  })

  it('has every call made by whoever makes the calls of the run', async () => {
    const { asked, askGrader } = asking()
    const verifier = await verifierIn({}, { askGrader })
    const testCase = caseOf([rubric], {
      options: { provider: graderAnswering(good) },
      vars: { animal: 'cats' },
    })
    await verifyReply(verifier, testCase, { output: 'cat' })
    expect(asked).toHaveLength(1)
    expect(asked[0]?.origin).toEqual({ cellId: 'cell', caseId: 'case', repeat: 0, attempt: 0 })
    expect(asked[0]?.provider.id()).toBe('the grader')
    expect(asked[0]?.check).toMatch(/^llm-rubric at .*suite\.yaml:7:5$/)
    expect(asked[0]?.prompt).toContain('is about cats')
  })

  it.each([
    ['answers with an error', { error: 'overloaded' }, /the grader failed: overloaded/],
    ['throws', new Error('connection reset'), /connection reset/],
    ['answers what cannot be read', { output: 'dunno' }, /the grader failed/],
  ])('breaks, and never fails, when the grader %s', async (_what, answer, message) => {
    const verifier = await verifierIn()
    const testCase = caseOf([rubric], { options: { provider: graderAnswering(answer) } })
    const result = await verifyReply(verifier, testCase, { output: 'cat' })
    expect(result).toMatchObject({ outcome: 'errored', score: null })
    expect(result.error).toMatch(message)
  })

  it('breaks when promptfoo hides that it could not read the answer', async () => {
    const verifier = await verifierIn()
    const options = { provider: graderAnswering({ output: 'maybe' }) }
    for (const type of ['factuality', 'model-graded-closedqa']) {
      const result = await verifyReply(verifier, caseOf([{ type, value: 'x' }], { options }), {
        output: 'cat',
      })
      expect({ type, outcome: result.outcome }).toEqual({ type, outcome: 'errored' })
    }
  })

  it('reads its rubric prompt from a file, and fills it', async () => {
    const { asked, askGrader } = asking()
    const verifier = await verifierIn({ 'rubric.txt': 'Judge <{{ output }}> by {{ rubric }}' }, { askGrader })
    const options = { provider: graderAnswering(good), rubricPrompt: 'file://rubric.txt' }
    await verifyReply(verifier, caseOf([rubric], { options, vars: { animal: 'cats' } }), { output: 'a cat' })
    expect(asked[0]?.prompt).toBe('Judge <a cat> by is about cats')
  })

  it('asks a grader of another kind by its own method', async () => {
    const verifier = await verifierIn()
    const embedding = {
      id: () => 'embedder',
      callApi: () => Promise.resolve({ error: 'not this one' }),
      callEmbeddingApi: (text: string) => Promise.resolve({ embedding: [text.length, 1] }),
    }
    const testCase = caseOf([{ type: 'similar', value: 'cat', threshold: 0.9 }], {
      options: { provider: { embedding } },
    })
    expect(await verifyReply(verifier, testCase, { output: 'dog' })).toMatchObject({
      outcome: 'passed',
      score: expect.closeTo(1) as number,
    })
  })

  it('has its grader loaded before the first call, once, and by the suite’s own label', async () => {
    const at = { file: 'suite.yaml', line: 1 }
    const id = 'file://judge.ts'
    const own: ProviderSpec = { key: 'judge', label: 'judge', id, kind: 'file', account: 'judge', at }
    const loaded: string[] = []
    const loadGrader = (spec: ProviderSpec): Promise<Provider> => {
      loaded.push(spec.id)
      return Promise.resolve(graderAnswering(good))
    }
    const verifier = await verifierIn({}, { loadGrader, suite: { providers: [own] } })
    const testCase = caseOf([rubric, { ...rubric, value: 'again' }], { options: { provider: 'judge' } })
    await verifier.prepare(testCase)
    await verifier.warmUp()
    expect(loaded).toEqual(['file://judge.ts'])
    await verifyReply(verifier, testCase, { output: 'cat' })
    expect(loaded).toHaveLength(1)
  })

  it('is refused when its grader cannot be loaded', async () => {
    const loadGrader = (): Promise<Provider> => Promise.reject(new Error('no such model'))
    const verifier = await verifierIn({}, { loadGrader })
    await verifier.prepare(caseOf([{ ...rubric, provider: 'echo' }]))
    await expect(verifier.warmUp()).rejects.toThrow(/the grader `echo` cannot be loaded: no such model/)
  })
})
