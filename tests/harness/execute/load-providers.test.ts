import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Builtin, ProviderClass } from '../../../harness/model/builtin.ts'
import { ConfigError, HarnessError } from '../../../harness/model/errors.ts'
import type { Provider } from '../../../harness/model/provider.ts'
import type { ProviderSpec } from '../../../harness/model/suite.ts'
import { hidesRetries, loadProviders } from '../../../harness/execute/load-providers.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { readSuite } from '../../../harness/suite/read.ts'
import { suiteFolder } from '../suite/suite-folder.ts'
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

  it('measures its own latency, as what assay serves does and what promptfoo serves does not', () => {
    const kinds = ['file', 'builtin', 'promptfoo'] as const
    expect(kinds.map((kind) => hidesRetries(specOf('m', { kind })))).toEqual([false, false, true])
  })
})

/** Assay's own providers, one of which is this class: all ids that begin with `own:` are its. */
function builtinOf(loaded: ProviderClass): Builtin {
  const meant = (name: unknown) => (name === 'best-class' ? 'own:model-2' : undefined)
  return {
    classes: ['best-class'],
    serve: (id) =>
      id.startsWith('own:') || id === 'best-class'
        ? { account: 'own', meant: meant(id), load: () => Promise.resolve(loaded) }
        : undefined,
    serveFile: (_path, config) => ({ account: 'own', meant: meant(config?.['model']) }),
  }
}

/** Loads the providers of a suite that is read from its text. */
async function loadFrom(providers: string, builtin: Builtin, files: Record<string, string> = {}) {
  const suite = `prompts: [a]\nproviders:\n${providers}\ntests: [{vars: {x: 1}, assert: [{type: contains, value: a}]}]\n`
  const cwd = await suiteFolder({ 'suite.yaml': suite, ...files })
  const read = await readSuite('suite.yaml', { env: { MODEL: 'model-1' }, cwd, builtin })
  return loadProviders(await makePlan(read), { env: { MODEL: 'model-1' }, cacheDir: join(cwd, '.cache') })
}

class Told implements Provider {
  readonly options: unknown
  label = ''
  constructor(options: unknown) {
    this.options = options
  }
  id = () => 'told'
  callApi = () => Promise.resolve({ output: '' })
}

describe('a provider of assay', () => {
  it('is constructed with its id, and its config', async () => {
    const loaded = await loadFrom(
      "  - {id: 'own:{{env.MODEL}}', label: m, config: {temperature: 0}}",
      builtinOf(Told),
    )
    expect(loaded.get('m')).toMatchObject({
      label: 'm',
      options: { id: 'own:model-1', config: { temperature: 0 } },
    })
  })

  it('is constructed with the model that a class stands for', async () => {
    const loaded = await loadFrom('  - best-class', builtinOf(Told))
    expect(loaded.get('best-class')).toMatchObject({ options: { id: 'own:model-2' } })
  })

  it('that is a file has the model that the class in its config stands for', async () => {
    const loaded = await loadFrom(
      '  - {id: file://p.ts, config: {model: best-class, x: 1}}',
      builtinOf(Told),
      {
        'p.ts': ECHO,
      },
    )
    expect(loaded.get('file://p.ts')).toMatchObject({ options: { config: { model: 'model-2', x: 1 } } })
  })
})

describe('a mistake in a config is told where it stands', () => {
  const throwing = (error: Error): ProviderClass =>
    class extends Told {
      constructor(options: unknown) {
        super(options)
        throw error
      }
    }
  async function refusing(mistake: Error, providers: string): Promise<unknown> {
    try {
      return await loadFrom(providers, builtinOf(throwing(mistake)))
    } catch (thrown) {
      return thrown
    }
  }

  it('at the key that is not known, with the one that was meant', async () => {
    const mistake = new ConfigError(
      'own knows no config key `temprature`',
      ['temprature'],
      true,
      'did you mean `temperature`?',
    )
    const error = await refusing(mistake, '  - id: own:x\n    config:\n      temprature: 0\n')
    expect(error).toMatchObject({
      exitCode: 2,
      message: 'own knows no config key `temprature`',
      at: { line: 5, column: 7 },
      hint: 'did you mean `temperature`?',
      frame: expect.stringContaining('> 5 |') as string,
    })
  })

  it('at a value deep inside', async () => {
    const mistake = new ConfigError('a number', ['tools', 1, 'max'], false)
    const error = await refusing(mistake, '  - {id: own:x, config: {tools: [{max: 1}, {max: a}]}}')
    expect(error).toMatchObject({ at: { line: 3, column: 50 } })
  })

  it('at what is around a value that is missing', async () => {
    const mistake = new ConfigError('required', ['tools', 'name'], false)
    const error = await refusing(mistake, '  - {id: own:x, config: {tools: {max: 1}}}')
    expect(error).toMatchObject({ at: { line: 3, column: 33 } })
  })

  it('at the provider, where it has no config', async () => {
    const error = await refusing(new ConfigError('required', ['model'], false), '  - own:x')
    expect(error).toMatchObject({ at: { line: 3, column: 5 }, message: 'required' })
  })

  it('with the way to promptfoo’s own provider, for a key that is like none', async () => {
    const mistake = new ConfigError('own knows no config key `vertexai`', ['vertexai'], true, 'keys: a, b')
    const error = await refusing(mistake, '  - {id: own:x, config: {vertexai: true}}')
    expect(error).toMatchObject({
      hint: "keys: a, b; `promptfoo:own:x` asks for promptfoo's own provider, which has keys of its own",
    })
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
      const provider = { key: 'm', id: 'file://provider.ts', kind: 'file', path: ${JSON.stringify(path)}, at: { file: 's.yaml', line: 1 } }
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
      providers: [specOf('m', { id: 'echo', kind: 'promptfoo', label: 'e' })],
      tests: casesOf(1),
    })
    const loaded = await loadProviders(await makePlan(suite), { env: {}, cacheDir: join(dir, '.cache') })
    const provider = loaded.get('m')
    expect(provider?.label).toBe('e')
    expect(await provider?.callApi('hello')).toMatchObject({ output: 'hello' })
  })

  it('are loaded without the prefix that asks for them', async () => {
    const loaded = await loadFrom('  - promptfoo:openai:chat:gpt-4o', builtinOf(Told))
    expect(loaded.get('promptfoo:openai:chat:gpt-4o')?.constructor.name).toBe('OpenAiChatCompletionProvider')
  })

  it('that it does not know are an error at their place in the suite', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'assay-provider-'))
    const suite = suiteOf({
      dir,
      root: dir,
      providers: [specOf('m', { id: 'nonsense:x', kind: 'promptfoo', at: AT })],
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
