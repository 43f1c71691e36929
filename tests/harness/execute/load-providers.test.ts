import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Provider } from '../../../harness/model/provider.ts'
import type { ProviderSpec } from '../../../harness/model/suite.ts'
import { hidesRetries, loadProviders } from '../../../harness/execute/load-providers.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { casesOf, specOf, suiteOf } from './world.ts'

const AT = { file: '/nowhere/suite.yaml', line: 4, column: 7 }

async function load(code: string, over: Partial<ProviderSpec> = {}, name = 'provider.ts'): Promise<Provider> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-provider-'))
  const path = join(dir, name)
  await writeFile(path, code)
  const spec = specOf('m', { id: `file://${name}`, path, label: undefined, at: AT, ...over })
  const plan = await makePlan(
    suiteOf({ dir, root: dir, providers: [spec], tests: casesOf(1), env: { SUITE: 's' } }),
  )
  const loaded = await loadProviders(plan, { env: {}, cacheDir: join(dir, '.cache') })
  return loaded.get('m') as Provider
}

async function refusal(code: string): Promise<HarnessError> {
  const error: unknown = await load(code).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HarnessError)
  expect(error).toMatchObject({ code: 'suite', exitCode: 2 })
  return error as HarnessError
}

const ECHO = `export default class {
  constructor(options) { this.options = options }
  id() { return this.options.id }
  async callApi(prompt) { return { output: prompt } }
}`

describe('a provider file', () => {
  it('is constructed as promptfoo does: id, config with the base path, and the environment the suite sets', async () => {
    const provider = await load(ECHO, { config: { model: 'x' }, env: { OWN: 'o' } })
    expect(provider).toMatchObject({
      options: {
        id: 'file://provider.ts',
        config: { model: 'x', basePath: expect.stringContaining('assay-provider-') as string },
        env: { SUITE: 's', OWN: 'o' },
      },
    })
  })

  it("is given the suite's label, delay and transform", async () => {
    expect(await load(ECHO, { label: 'flash', delay: 5, transform: 'output.trim()' })).toMatchObject({
      label: 'flash',
      delay: 5,
      transform: 'output.trim()',
    })
  })

  it('keeps a label of its own', async () => {
    const own = ECHO.replace('constructor', "label = 'mine'; constructor")
    expect(await load(own, { label: 'flash' })).toMatchObject({ label: 'mine' })
  })

  it('may export its class as CommonJS', async () => {
    const provider = await load(ECHO.replace('export default', 'module.exports ='), {}, 'provider.cjs')
    expect(provider.id()).toBe('file://provider.cjs')
  })

  it('measures its own latency, which the ids of promptfoo do not', () => {
    expect(hidesRetries(specOf('m', { id: 'file://x.ts', path: '/x.ts' }))).toBe(false)
    expect(hidesRetries(specOf('m', { id: 'openai:gpt-5' }))).toBe(true)
    expect(hidesRetries(specOf('m', { id: 'file://x.py', path: '/x.py' }))).toBe(true)
  })
})

describe('refused before any call', () => {
  it.each([
    ['throws on import', "throw new Error('no key')", 'no key'],
    ['has no callApi', "export default class { id() { return 'x' } }", 'has no callApi()'],
    ['has no id', 'export default class { async callApi() {} }', 'has no id()'],
    ['is no class', 'export default () => ({})', 'a function that is no class'],
    ['exports nothing', 'export const x = 1', 'exports no class'],
    [
      'throws when constructed',
      "export default class { constructor() { throw new Error('bad config') } }",
      'bad config',
    ],
  ])('a provider file that %s', async (_what, code, message) => {
    const error = await refusal(code)
    expect(error.message).toContain(message)
    expect(error.format()).toMatch(/provider\.ts|suite\.yaml:4:7/)
  })

  // In a process of its own: the test runner would compile the enum away.
  it('a provider file whose types cannot be stripped, naming the construct', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-provider-'))
    const path = join(dir, 'provider.ts')
    await writeFile(path, `\nenum A { B }\n${ECHO}`)
    const script = `
      import { loadProviders } from './harness/execute/load-providers.ts'
      const provider = { key: 'm', id: 'file://provider.ts', path: ${JSON.stringify(path)}, at: { file: 's.yaml', line: 1 } }
      const plan = { columns: [{ provider }], suite: { dir: '/', env: {} } }
      await loadProviders(plan, { env: {}, cacheDir: '/' }).catch((error) => console.log(error.format()))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    expect(stdout).toContain('enum')
    expect(stdout).toContain('provider.ts')
  })
})

describe("promptfoo's own ids", () => {
  it('are loaded by promptfoo', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-provider-'))
    const suite = suiteOf({
      dir,
      root: dir,
      providers: [specOf('m', { id: 'echo', label: 'e' })],
      tests: casesOf(1),
    })
    const loaded = await loadProviders(await makePlan(suite), { env: {}, cacheDir: join(dir, '.cache') })
    const provider = loaded.get('m')
    expect(provider?.label).toBe('e')
    expect(await provider?.callApi('hello')).toMatchObject({ output: 'hello' })
  })

  it('that it does not know are an error at their place in the suite', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-provider-'))
    const suite = suiteOf({
      dir,
      root: dir,
      providers: [specOf('m', { id: 'nonsense:x', at: AT })],
      tests: casesOf(1),
    })
    const plan = await makePlan(suite)
    await expect(loadProviders(plan, { env: {}, cacheDir: join(dir, '.cache') })).rejects.toMatchObject({
      code: 'suite',
      at: AT,
      message: expect.stringContaining('`nonsense:x`') as string,
    })
  })
})
