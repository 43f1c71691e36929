import { describe, expect, it } from 'vitest'
import { caseOf, verifierIn, verifyReply } from './support.ts'

describe('a check in a file', () => {
  it('sees the output and the context that promptfoo shows it', async () => {
    const verifier = await verifierIn({
      'check.ts': `export default (output: unknown, context: Record<string, unknown>) => ({
        pass: true, score: 1, reason: JSON.stringify({ output, keys: Object.keys(context).sort(), config: context.config,
          vars: context.vars, label: (context.test as { description: string }).description,
          raw: (context.providerResponse as { providerTransformedOutput: unknown }).providerTransformedOutput }) })`,
    })
    const check = { type: 'javascript', value: 'file://check.ts', config: { least: 2 } }
    const testCase = caseOf([check], {
      vars: { name: 'x' },
      description: 'the case',
      options: { transform: 'output.a' },
    })
    const { checks } = await verifyReply(verifier, testCase, { output: { a: { b: 1 } }, metadata: { m: 1 } })
    expect(JSON.parse(checks[0]?.reason ?? '')).toEqual({
      output: { b: 1 },
      keys: [
        'assay',
        'config',
        'logProbs',
        'metadata',
        'prompt',
        'provider',
        'providerResponse',
        'test',
        'vars',
      ],
      config: { least: 2 },
      vars: { name: 'x' },
      label: 'the case',
      raw: { a: { b: 1 } },
    })
  })

  it('is imported once, however many replies it checks', async () => {
    const verifier = await verifierIn({
      'check.ts': `let calls = 0; export default () => ({ pass: true, score: 1, reason: String(++calls) })`,
    })
    const testCase = caseOf([{ type: 'javascript', value: 'file://check.ts' }])
    await verifyReply(verifier, testCase, { output: 'a' })
    expect((await verifyReply(verifier, testCase, { output: 'b' })).checks[0]?.reason).toBe('2')
  })

  it('is negated by `not-`, and says which file failed', async () => {
    const verifier = await verifierIn({ 'check.ts': `export const fine = () => true` })
    const { checks } = await verifyReply(
      verifier,
      caseOf([{ type: 'not-javascript', value: 'file://check.ts:fine' }]),
      {
        output: 'a',
      },
    )
    expect(checks[0]).toMatchObject({
      pass: false,
      score: 0,
      reason: 'Custom function returned true\nfile://check.ts:fine',
    })
  })

  it('makes the value that another type checks against, and that is not rendered', async () => {
    const verifier = await verifierIn({
      'value.ts': `export default (output: string) => '{{ 1 }} ' + output.length`,
    })
    const testCase = caseOf([{ type: 'equals', value: 'file://value.ts' }])
    expect(await verifyReply(verifier, testCase, { output: '{{ 1 }} 9' })).toMatchObject({
      outcome: 'passed',
    })
  })

  it('breaks when it gives a verdict where a value is needed', async () => {
    const verifier = await verifierIn({ 'value.ts': `export default () => true` })
    const result = await verifyReply(verifier, caseOf([{ type: 'equals', value: 'file://value.ts' }]), {
      output: 'a',
    })
    expect(result).toMatchObject({ outcome: 'errored', score: null })
    expect(result.error).toMatch(/returned a boolean, but `equals` needs a value/)
  })
})

describe('values in files', () => {
  it('take a text as it is, without its white space, never rendered', async () => {
    const verifier = await verifierIn({ 'expected.txt': 'hello {{ name }}\n' })
    const testCase = caseOf([{ type: 'equals', value: 'file://expected.txt' }], { vars: { name: 'x' } })
    expect(await verifyReply(verifier, testCase, { output: 'hello {{ name }}' })).toMatchObject({
      outcome: 'passed',
    })
  })

  it('take a schema from JSON or YAML', async () => {
    const verifier = await verifierIn({ 'schema.yaml': 'type: object\nrequired: [label]\n' })
    const testCase = caseOf([{ type: 'is-json', value: 'file://schema.yaml' }])
    expect(await verifyReply(verifier, testCase, { output: '{"label": 1}' })).toMatchObject({
      outcome: 'passed',
    })
    expect(await verifyReply(verifier, testCase, { output: '{"other": 1}' })).toMatchObject({
      outcome: 'failed',
    })
  })

  it('may be items of a list', async () => {
    const verifier = await verifierIn({ 'a.txt': 'cat' })
    const testCase = caseOf([{ type: 'contains-any', value: ['dog', 'file://a.txt'] }])
    expect(await verifyReply(verifier, testCase, { output: 'a cat' })).toMatchObject({ outcome: 'passed' })
  })
})
