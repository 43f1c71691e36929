import { expect, it } from 'vitest'
import { Graders } from '../../../harness/execute/graders.ts'
import type { VerifyInput } from '../../../harness/model/verification.ts'
import { casesOf, providerOf, run, specOf, suiteOf, verifierOf } from './world.ts'

it('graders have the limits that a pattern gives their id, as models have', async () => {
  let [inFlight, most] = [0, 0]
  const judge = providerOf(async () => {
    most = Math.max(most, ++inFlight)
    await new Promise((resolve) => setImmediate(resolve))
    inFlight--
    return { output: 'fine' }
  })
  const graders = new Graders(() => Promise.resolve(judge))
  await graders.load(specOf('judge', { id: 'openai:gpt', account: 'openai' }))
  const verifier = verifierOf()
  const verify = async (input: VerifyInput) => {
    const check = { origin: input.origin, check: 'rubric', method: 'callApi', prompt: input.prompt }
    await graders.ask({ ...check, provider: judge, invoke: async () => judge.callApi(input.prompt) })
    return verifier.verify(input)
  }
  const suite = suiteOf({ tests: casesOf(40), assay: { limits: { 'openai:*': { concurrency: 2 } } } })
  const { trials } = await run(suite, providerOf(), { graders, verifier: { ...verifier, verify } })
  expect(trials).toHaveLength(40)
  expect(most).toBe(2)
})
