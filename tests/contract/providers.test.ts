import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ConfigError, HarnessError } from '../../harness/model/errors.ts'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import { held } from './provider-calls.ts'
import { FILES, make, MODES, PROVIDERS, SECRETS, WIRE_MODES } from './provider-modes.ts'

/** A server that nobody asks. */
const NOWHERE = 'http://127.0.0.1:40000'

/** What takes long to load, and what only a call needs. */
const HEAVY = /^(?:@aws-sdk|@smithy|@ai-sdk|ai$|@pydantic|gpt-tokenizer|promptfoo)/

/** Tells what is loaded once a provider is made, and once it is ready. */
const LOADED = `
import { registerHooks } from 'node:module'
const urls = new Set()
registerHooks({ load: (url, context, next) => (urls.add(url), next(url, context)) })
const { default: Provider } = await import(process.argv[1])
const provider = new Provider(JSON.parse(process.argv[2]))
provider.id()
const made = [...urls]
await provider.ready?.()
console.log(JSON.stringify({ made, ready: [...urls] }))
`

afterEach(() => {
  vi.unstubAllEnvs()
})

it('every file in providers/ is in the table of the contract', () => {
  expect([...new Set(MODES.map(({ file }) => file))].toSorted()).toEqual(FILES)
})

describe.each(MODES)('$name', (mode) => {
  const [written, meant] = mode.misspelt

  it('has an id that says what is asked, and holds no secret', () => {
    const id = make(mode, mode.config(NOWHERE)).id()
    expect(id).toMatch(/^[a-z-]+:\S+$/)
    expect(make(mode, mode.config(NOWHERE)).id()).toBe(id)
    for (const secret of SECRETS) expect(id).not.toContain(secret)
  })

  it('goes by the label that a suite gives it', () => {
    expect(make(mode, mode.config(NOWHERE), 'mine').label).toBe('mine')
    expect(make(mode, mode.config(NOWHERE)).label).toBeUndefined()
  })

  it(`a config key with a slip is a mistake at its place, with the key that is meant`, () => {
    const mistake = thrownBy(() => make(mode, { ...mode.config(NOWHERE), [written]: 1 }))
    expect(mistake).toBeInstanceOf(ConfigError)
    const { path, isKey, hint, message, exitCode } = mistake as ConfigError
    expect({ path, isKey, exitCode }).toEqual({ path: [written], isKey: true, exitCode: 2 })
    expect(message).toContain(`\`${written}\``)
    expect(hint).toBe(`did you mean \`${meant}\`?`)
  })

  it('a value that is none is a mistake at its place', () => {
    const mistake = thrownBy(() => make(mode, { ...mode.config(NOWHERE), [meant]: { not: 'a number' } }))
    expect(mistake).toBeInstanceOf(ConfigError)
    expect(mistake).toMatchObject({ path: [meant], isKey: false, exitCode: 2 })
  })

  it('tells of prices and oddities without being asked for a call', () => {
    const { billing, warnings = [] } = make(mode, mode.config(NOWHERE))
    if (billing !== undefined)
      expect(billing).toMatchObject({ vendor: expect.any(String), model: expect.any(String) })
    for (const warning of warnings) expect(warning).toMatch(/\S/)
  })
})

describe.each(WIRE_MODES)('$name', (mode) => {
  it('where nobody listens, a call is unavailable', async () => {
    const server = await startSimulatedServer()
    await server.close()
    const provider = make(mode, mode.config(server.url))
    const { metadata } = held(await provider.callApi('Say yes.'))
    await provider.cleanup?.()
    expect(metadata.failure?.kind).toBe('unavailable')
  })

  it('without credentials it is not ready, says which variable is missing, and makes no call', async () => {
    for (const name of Object.keys(mode.env)) vi.stubEnv(name, undefined)
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    vi.stubEnv('HOME', '/nonexistent')
    const bare = { ...mode, env: { AWS_REGION: 'us-east-1' } }
    const provider = make(bare, mode.config('https://models.invalid'))
    const mistake = await provider.ready?.().then(undefined, (thrown: unknown) => thrown)
    expect(mistake).toBeInstanceOf(HarnessError)
    const { code, message, hint } = mistake as HarnessError
    expect(code).toBe('suite')
    expect(`${message} ${hint}`).toMatch(/\b[A-Z]+(?:_[A-Z]+)*_KEY(?:_ID)?\b/)
    const { metadata } = held(await provider.callApi('Say yes.'))
    expect(metadata.failure?.kind).toMatch(/^(?:auth|invalid)$/)
  })
})

describe.each(FILES)('providers/%s', (file) => {
  const mode = MODES.find((each) => each.file === file)!

  it('loads nothing of the vendor’s before it is to be ready', async () => {
    const options = JSON.stringify({ config: mode.config(NOWHERE), env: mode.env })
    const args = ['--input-type=module', '--eval', LOADED, join(PROVIDERS, file), options]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const { made, ready } = JSON.parse(stdout) as { made: string[]; ready: string[] }
    expect(packagesOf(made).filter((name) => HEAVY.test(name))).toEqual([])
    if (mode.sdk !== undefined) expect(packagesOf(ready)).toContain(mode.sdk)
  })
})

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (thrown) {
    return thrown
  }
  return undefined
}

/** The packages that modules are of. */
function packagesOf(urls: readonly string[]): string[] {
  return [...new Set(urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []))]
}
