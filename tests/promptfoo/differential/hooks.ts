import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

const HOOKS = `
export async function allHooks(hook, context) {
  if (hook === 'beforeAll') {
    const { suite } = context
    suite.tests = suite.tests.map((test) => ({ ...test, vars: { ...test.vars, all: 'from beforeAll' } }))
    suite.tests.push({ vars: { q: 'added' }, metadata: { id: 'added' }, assert: [{ type: 'contains', value: 'added' }] })
    return { suite }
  }
  if (hook === 'beforeEach') return { test: { ...context.test, vars: { ...context.test.vars, each: context.test.vars.q + '!' } } }
  if (hook === 'afterEach') return { result: { namedScores: { ...context.result.namedScores, hooked: 0.5 }, metadata: { hooked: true } } }
}
`
const ONE = `
export function beforeEach(context) {
  if (context.test.vars.q === 'how') context.test.assert = [{ type: 'contains', value: 'how' }]
  return context
}
export function beforeAll(context) {
  context.suite.prompts = context.suite.prompts.map((prompt) => ({ ...prompt }))
  return context
}
`
const test = fc
  .record({
    q: fc.constantFrom('why', 'how', 'added'),
    reply: fc.constantFrom<unknown>(undefined, undefined, 'fixed', { error: 'lost' }),
    metric: fc.constantFrom(undefined, 'm'),
  })
  .map(({ q, reply, metric }): Sample<TestYaml> => ({
    covers: ['extension hooks'],
    value: {
      vars: { q },
      metadata: defined({ reply }),
      assert: [defined({ type: 'contains', value: '{{each}}', metric })],
    },
  }))

export const hookBatches: readonly Batch[] = [
  testsBatch(
    'extension hooks',
    sample(test, 18, 100),
    {
      prompts: ['Say {{q}} {{all}} {{each}}'],
      extensions: ['file://one.mjs:beforeAll', 'file://hooks.mjs:allHooks', 'file://one.mjs:beforeEach'],
    },
    { 'hooks.mjs': HOOKS, 'one.mjs': ONE },
  ),
]
