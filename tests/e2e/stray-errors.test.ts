import { expect, it } from 'vitest'
import { LOGGED_PROVIDER, Project } from './cli.ts'

it.each([
  ['a promise of a provider that nobody awaits', "void Promise.reject(new Error('astray'))"],
  ['a timer of a provider', "setTimeout(() => { throw new Error('astray') })"],
])('what is thrown in %s ends the run with 3, not as a failed gate', async (_where, code) => {
  const asking = `${code}\n    await new Promise((resolve) => setTimeout(resolve, 1000))\n    return {`
  const project = new Project({ 'provider.ts': LOGGED_PROVIDER.replace('return {', asking) })
  const ended = await project.assay(['run', 'suite.yaml'])
  expect(ended).toMatchObject({ code: 3, stdout: '' })
  expect(ended.stderr).toMatch(/error: .*\nError: astray\n[^]*provider\.ts:[^]*hint: /)
})
