import { describe, expect, it } from 'vitest'
import type { Assertion } from '../../../harness/model/assertion.ts'
import type { Provider } from '../../../harness/model/provider.ts'
import { caseOf, deepFreeze, provider, verifierIn, verifyReply } from './support.ts'

const passing: Assertion = { type: 'contains', value: 'cat' }

describe('a scoring function', () => {
  it('is loaded from its file and has the last word', async () => {
    const verifier = await verifierIn({
      'score.ts': `export const half = (named: Record<string, number>) => ({ pass: true, score: named.a! / 2, reason: 'halved' })`,
    })
    const testCase = caseOf([{ ...passing, metric: 'a' }], { assertScoringFunction: 'file://score.ts:half' })
    expect(await verifyReply(verifier, testCase, { output: 'cat' })).toMatchObject({
      outcome: 'passed',
      score: 0.5,
      reason: 'halved',
      namedScores: { a: 1 },
    })
  })

  it('makes the trial errored when it throws', async () => {
    const verifier = await verifierIn()
    const assertScoringFunction = (): never => {
      throw new Error('no metric')
    }
    const result = await verifyReply(verifier, caseOf([passing], { assertScoringFunction }), {
      output: 'cat',
    })
    expect(result).toMatchObject({
      outcome: 'errored',
      score: null,
      error: 'Scoring function error: no metric',
    })
  })
})

describe('transforms', () => {
  const shouting: Provider = { ...provider, transform: 'output + "!"' }

  it('run the provider’s first, then the test’s', async () => {
    const verifier = await verifierIn({ 'up.ts': `export default (output: string) => output.toUpperCase()` })
    const testCase = caseOf([{ type: 'equals', value: 'CAT!' }], { options: { transform: 'file://up.ts' } })
    const result = await verifyReply(verifier, testCase, { output: 'cat' }, { provider: shouting })
    expect(result).toMatchObject({ outcome: 'passed', output: 'CAT!' })
  })

  it('that throw leave the reply as the provider gave it, errored', async () => {
    const verifier = await verifierIn()
    const testCase = caseOf([passing], { options: { transform: 'output.missing.part' } })
    const result = await verifyReply(verifier, testCase, { output: 'cat' })
    expect(result).toMatchObject({ outcome: 'errored', score: null, output: 'cat' })
  })

  it('of an assertion change what that one sees only', async () => {
    const verifier = await verifierIn({ 'up.ts': `export default (output: string) => output.toUpperCase()` })
    const upper = { type: 'regex', value: '^CAT$', transform: 'file://up.ts' }
    expect(await verifyReply(verifier, caseOf([upper, passing]), { output: 'cat' })).toMatchObject({
      score: 1,
    })
  })
})

describe('values that came from a data file', () => {
  const vars = { name: 'secret' }

  it.each([
    '{{ name }}',
    '{% endraw %}{{ name }}{% raw %}',
    'quote " and \\ back {{ name }}\nline',
    '#} lone',
    'file://expected.txt',
    '{{ "".constructor.constructor("return 1")() }}',
  ])('are taken as they are: %j', async (value) => {
    const verifier = await verifierIn()
    const testCase = caseOf(
      [
        { type: 'equals', value },
        { type: 'contains-any', value: [value] },
      ],
      { vars, literal: true },
    )
    expect(await verifyReply(verifier, testCase, { output: value })).toMatchObject({ outcome: 'passed' })
  })

  it('are patterns as they are, and so are metric names', async () => {
    const verifier = await verifierIn()
    const testCase = caseOf([{ type: 'regex', value: '\\{\\{ name \\}\\}', metric: '{{ name }}' }], {
      vars,
      literal: true,
    })
    expect(await verifyReply(verifier, testCase, { output: '{{ name }}' })).toMatchObject({
      outcome: 'passed',
      namedScores: { '{{ name }}': 1 },
    })
  })
})

describe('what a suite’s author wrote', () => {
  it('is not changed by checking, even by checks that promptfoo writes to', async () => {
    const verifier = await verifierIn()
    const grader = {
      id: () => 'grader',
      callApi: () => Promise.resolve({ output: '{"pass": true, "score": 1, "reason": "ok"}' }),
    }
    const assert = [
      { type: 'llm-rubric', metric: 'm' },
      { type: 'javascript', value: 'context.config.n === 1', config: { n: 1 } },
      { type: 'assert-set', assert: [passing] },
    ]
    const testCase = caseOf(assert, { options: { provider: grader, rubricPrompt: 'judge {{ output }}' } })
    deepFreeze(testCase.test.assert)
    deepFreeze(testCase.test.options)
    expect(await verifyReply(verifier, testCase, { output: 'cat' })).toMatchObject({ outcome: 'passed' })
  })
})

describe('the watchdog', () => {
  it('is told the check whose code is running, and when it returned', async () => {
    const seen: string[] = []
    const watchdog = {
      enter: (name: string) => {
        seen.push(`in ${name}`)
        return () => seen.push('out')
      },
    }
    const verifier = await verifierIn(
      {
        'check.ts': `export default () => { (globalThis as { probe?: () => void }).probe?.(); return true }`,
      },
      { watchdog },
    )
    let during = ''
    Object.assign(globalThis, { probe: () => (during = seen.at(-1) ?? '') })
    await verifyReply(verifier, caseOf([{ type: 'javascript', value: 'file://check.ts' }]), { output: 'a' })
    expect(during).toMatch(/^in javascript at .*suite\.yaml:7:5$/)
    expect(seen.at(-1)).toBe('out')
  })
})
