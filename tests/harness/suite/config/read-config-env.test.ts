import { describe, expect, it } from 'vitest'
import { read } from './read.ts'

describe('{{env.X}} in a suite', () => {
  const text = `prompts: ['{{env.GREETING}} {{name}} {{env.MISSING}}']
providers: [{id: echo, config: {key: '{{env.KEY}}'}}]
env: {GREETING: 'hi {{env.USER_NAME}}', N: 3, SELF: '{{env.N}}'}
`

  it('sees the process environment, and the env: key, itself rendered first', async () => {
    const config = await read({ 'suite.yaml': text }, { KEY: 'secret', USER_NAME: 'Ada' })
    expect(config.document.prompts).toEqual(['hi Ada {{name}} {{env.MISSING}}'])
    expect(config.document.providers).toEqual([{ id: 'echo', config: { key: 'secret' } }])
    expect(config.env).toEqual({ GREETING: 'hi Ada', N: '3', SELF: '{{env.N}}' })
  })

  it('leaves the providers as written beside the rendered ones, so that no secret is recorded', async () => {
    const config = await read({ 'suite.yaml': text }, { KEY: 'secret' })
    expect(config.providersAsWritten).toEqual([{ id: 'echo', config: { key: '{{env.KEY}}' } }])
  })

  it("obeys promptfoo's switches", async () => {
    const env = { KEY: 'secret', USER_NAME: 'Ada' }
    const hidden = await read({ 'suite.yaml': text }, { ...env, PROMPTFOO_DISABLE_TEMPLATE_ENV_VARS: 'true' })
    expect(hidden.document.prompts).toEqual(['hi {{env.USER_NAME}} {{name}} {{env.MISSING}}'])
    const off = await read({ 'suite.yaml': text }, { ...env, PROMPTFOO_DISABLE_TEMPLATING: 'true' })
    expect(off.document.prompts).toEqual(['{{env.GREETING}} {{name}} {{env.MISSING}}'])
  })
})
