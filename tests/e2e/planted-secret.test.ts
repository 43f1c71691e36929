import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ended } from './cli.ts'
import { Project } from './cli.ts'
import { leaksBelow, leaksIn, startEcho } from './planted.ts'

/** Secrets that nothing but where they stand tells: no form of a well-known key. */
const ENV = {
  PLANTED_API_KEY: 'pl4nted Env+Key/"one"<&>1',
  AWS_BEARER_TOKEN_X: 'hunter2hunter2hunter2',
}
const SECRETS = {
  ...ENV,
  'the key in .env': 'd0tenv-planted-two',
  'the env of the suite': 'su1te-planted-three',
  'the env of the provider': 'pr0vider-planted-four',
  'a header in a config': 'h3ader-planted-five',
  'the key of a grader': 'gr4der-planted-six',
  'the password of a URL': 'urlpassw0rd-seven',
  'what a var holds': `sk-ant-api03-${'Ab3dEf9h'.repeat(6)}`,
  'what a header of a reply holds': 'r3sponse-planted-eight',
  'what a pattern of the suite matches': 'CUSTOMER-00042',
}

/** Says all it knows: in replies, errors, causes and stacks, metadata, and to whoever listens. */
const PROVIDER = `import { Worker } from 'node:worker_threads'
const { PLANTED_API_KEY, AWS_BEARER_TOKEN_X } = process.env
const fromEnv = [PLANTED_API_KEY, AWS_BEARER_TOKEN_X, process.env.DOTENV_SECRET]
export default class Leaky {
  #all: string[]
  constructor({ config, env }: { config: { headers: Record<string, string>; url: string }; env: Record<string, string> }) {
    this.#all = [...fromEnv, env.SUITE_TOKEN, env.OWN_SECRET, config.headers['x-service-key'], config.url] as string[]
    if (env.SUITE_TOKEN === undefined) throw new Error('no environment')
  }
  id(): string { return 'leaky' }
  async callApi(prompt: string): Promise<object> {
    const said = this.#all.join(' | ')
    const encoded = this.#all.map((one) => encodeURIComponent(one) + ' ' + btoa('user:' + one)).join(' ')
    console.log('stdout:', said, { nested: { said } })
    console.error('stderr:', JSON.stringify({ said }))
    for (const one of this.#all) {
      process.stderr.write('cut: ' + one.slice(0, 7))
      process.stdout.write('cut: ' + one.slice(0, 5))
      process.stderr.write(one.slice(7) + '\\n')
      process.stdout.write(Buffer.from(one.slice(5) + '\\n'))
    }
    process.emitWarning('warned of ' + said)
    const thread = "console.log('thread ' + process.env.PLANTED_API_KEY)"
    if (prompt.includes('pass')) await new Promise((done) => new Worker(thread, { eval: true }).on('exit', done))
    const metadata = { headers: { 'set-cookie': 'session=r3sponse-planted-eight', 'x-api-key': 'r3sponse-planted-eight' }, said }
    if (prompt.includes('throw')) throw new Error('threw ' + said, { cause: new Error('because ' + said) })
    if (prompt.includes('fail')) return { error: '401 for https://x/?key=' + encoded, metadata }
    return { output: prompt + ' ' + said + ' ' + JSON.stringify(JSON.stringify({ said })) + ' ' + encoded, metadata }
  }
}
`

const HOOKS = `export async function told(name: string, context: object) {
  console.log('hook', name, process.env.PLANTED_API_KEY, JSON.stringify(context))
}
`

const CHECK = `export default (output: string, { vars }: { vars: { how: string } }) => {
  if (vars.how === 'break') throw new Error('check of ' + output + ' ' + process.env.PLANTED_API_KEY)
  return { pass: vars.how === 'pass', score: 0, reason: 'read ' + output.repeat(4) }
}
`

const SUITE = `env: { SUITE_TOKEN: su1te-planted-three }
prompts: ['{{how}} {{secret}} of CUSTOMER-00042']
providers:
  - id: file://provider.ts
    label: leaky
    config:
      headers: { x-service-key: h3ader-planted-five }
      url: 'https://user:urlpassw0rd-seven@host/path'
    env: { OWN_SECRET: pr0vider-planted-four }
extensions: [file://hooks.ts:told]
assay: { redact: ['CUSTOMER-\\d+'], maxErrorRate: 1, gate: {} }
defaultTest:
  vars: { secret: ${SECRETS['what a var holds']} }
  options: { provider: { id: file://provider.ts, config: { apiKey: gr4der-planted-six, headers: {}, url: '' } } }
  assert: [{ type: javascript, value: file://check.ts }]
tests:
  - vars: { how: pass }
    metadata: { id: CUSTOMER-00042 }
  - vars: { how: no }
    description: of CUSTOMER-00042, gr4der-planted-six
  - vars: { how: break }
  - vars: { how: fail }
  - vars: { how: throw }
`

const PLANTED_IN: ReadonlySet<string> = new Set(['suite.yaml', '.env', 'provider.ts', 'hooks.ts', 'check.ts'])

function leaksOf({ stdout, stderr }: Ended): string[] {
  return [
    ...leaksIn(stdout, SECRETS).map((leak) => `stdout: ${leak}`),
    ...leaksIn(stderr, SECRETS).map((leak) => `stderr: ${leak}`),
  ]
}

function leaksOnDisk(project: Planted): string[] {
  // Code of the user's is compiled as it stands.
  return leaksBelow(
    [project.dir, project.cache],
    SECRETS,
    (file) => !PLANTED_IN.has(file) && !file.startsWith('compile'),
  )
}

class Planted extends Project {
  get cache(): string {
    return `${this.dir}-cache`
  }

  run(args: readonly string[]): Promise<Ended> {
    return this.assay(args, { env: { ...ENV, ASSAY_CACHE_DIR: this.cache } })
  }
}

describe('planted secrets', () => {
  const project = new Planted({
    'suite.yaml': SUITE,
    'provider.ts': PROVIDER,
    'hooks.ts': HOOKS,
    'check.ts': CHECK,
    '.env': 'DOTENV_SECRET=d0tenv-planted-two\n',
  })

  it('are in no file of a run, of its cassette or of the cache, and on no stream', async () => {
    const ended = await project.run([
      'run',
      'suite.yaml',
      '--record',
      '--reporter',
      'default',
      '--reporter',
      'jsonl',
      '--reporter',
      'jsonl=all.jsonl',
      '--reporter',
      'junit=all.xml',
      '--json',
    ])
    expect(ended.code).toBe(0)
    const outcomes = project.trials().map(({ outcome }) => outcome)
    expect(outcomes.toSorted()).toEqual(['errored', 'errored', 'errored', 'failed', 'passed'])
    expect(ended.stderr).toContain('cut: [redacted:PLANTED_API_KEY]')
    expect(ended.stderr).toContain('hook beforeAll [redacted:PLANTED_API_KEY]')
    expect(ended.stderr).toContain('warned of [redacted:PLANTED_API_KEY]')
    expect(ended.stderr).toContain('thread [redacted:PLANTED_API_KEY]')
    expect(JSON.stringify(project.trials())).toContain('threw [redacted:')
    expect(leaksOf(ended)).toEqual([])
    expect(leaksOnDisk(project)).toEqual([])
  })

  it.each([
    [['accept', 'last', '--force', '--reason', 'CUSTOMER-00042 wants it']],
    [['run', 'suite.yaml', '--reporter', 'default']],
    [['run', 'suite.yaml', '--replay', '--json']],
    [['verify', 'last']],
    [['gate', 'last', '--json']],
    [['gate', 'last']],
    [['compare', 'baseline.json', 'last']],
    [['report', 'last', '--reporter', 'jsonl', '--reporter', 'html', '--reporter', 'markdown']],
    [['plan', 'suite.yaml']],
    [['validate', 'suite.yaml', '--json']],
    [['scrub', '--match', 'redacted']],
  ])('are in nothing that comes of it either: assay %s', async (args) => {
    const ended = await project.run(args)
    expect(ended.stderr).not.toContain('assay itself failed')
    expect(leaksOf(ended)).toEqual([])
    expect(leaksOnDisk(project)).toEqual([])
  })

  it('are not in the code frame of a mistake, wherever it is', async () => {
    const broken = SUITE.replace(
      '    env: { OWN_SECRET',
      "    unknown: 'h3ader-planted-five'\n    env: { OWN_SECRET",
    )
    const other = new Planted({
      'suite.yaml': broken,
      'provider.ts': PROVIDER,
      'hooks.ts': HOOKS,
      'check.ts': CHECK,
    })
    const ended = await other.run(['run', 'suite.yaml'])
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('unknown')
    expect(leaksOf(ended).filter((leak) => !leak.includes('CUSTOMER'))).toEqual([])
  })

  it('are not in what is printed of an error that nobody waits for', async () => {
    const stray = PROVIDER.replace(
      'const said = ',
      "void Promise.reject(new Error('stray ' + this.#all.join(' ')))\n    const said = ",
    )
    const other = new Planted({
      'suite.yaml': SUITE,
      'provider.ts': stray,
      'hooks.ts': HOOKS,
      'check.ts': CHECK,
    })
    const ended = await other.run(['run', 'suite.yaml'])
    expect(ended.code).toBe(3)
    expect(ended.stderr).toContain('stray [redacted:PLANTED_API_KEY]')
    expect(leaksOf(ended)).toEqual([])
    expect(leaksOnDisk(other)).toEqual([])
  })
})

describe("credentials of the models' vendors, echoed by a server that refuses them", () => {
  const KEYS = {
    AWS_ACCESS_KEY_ID: 'AKIAPLANTEDKEY234567',
    AWS_SECRET_ACCESS_KEY: 'pl4ntedSecretAccessKey/+pl4ntedSecretAcc',
    AWS_SESSION_TOKEN: `IQoJb3JpZ2luX2Vj${'Pl4nt+ed/'.repeat(12)}==`,
    OPENAI_API_KEY: 'sk-pl4nted-openai-key-of-no-known-form',
    ANTHROPIC_API_KEY: 'pl4nted-anthropic-key',
    GOOGLE_API_KEY: 'pl4nted-google-key',
  }
  let echo: Awaited<ReturnType<typeof startEcho>>
  beforeAll(async () => {
    echo = await startEcho(403)
  })
  afterAll(() => echo.close())

  const suite = (): string => `prompts: ['Say {{word}}']
providers:
  - { id: 'bedrock:amazon.nova-lite-v1:0', label: nova, config: { region: us-east-1, endpoint: '${echo.url}' } }
  - { id: 'openai:gpt-4o-mini', label: gpt, config: { apiBaseUrl: '${echo.url}/v1' } }
  - { id: 'anthropic:claude-haiku-4-5', label: haiku, config: { apiBaseUrl: '${echo.url}' } }
  - { id: 'google:gemini-2.5-flash', label: flash, config: { apiBaseUrl: '${echo.url}' } }
  - { id: 'file://${new URL('../../providers/http.ts', import.meta.url).pathname}', label: http, config: { url: '${echo.url}/chat?key={{env.GOOGLE_API_KEY}}', headers: { authorization: 'Bearer {{env.OPENAI_API_KEY}}' }, body: { text: '{{prompt}}' } } }
assay: { maxErrorRate: 1 }
tests: [{ vars: { word: yes }, assert: [{ type: contains, value: a }] }]
`

  it('are in no file and on no stream', async () => {
    const project = new Planted({ 'suite.yaml': suite() })
    const env = { ...KEYS, AWS_EC2_METADATA_DISABLED: 'true', ASSAY_CACHE_DIR: project.cache }
    const ended = await project.assay(
      ['run', 'suite.yaml', '--allow-outside', '--record', '--reporter', 'default', '--reporter', 'jsonl'],
      { env },
    )
    // Accounts that refuse a key are given up: the calls are on record.
    const calls = project.journal()
    expect(calls.map((line) => line.kind === 'call' && line.result.failure?.status)).toEqual(
      Array(5).fill(403),
    )
    // The server did say what it was sent.
    const recorded = JSON.stringify(calls)
    expect(recorded).toContain('[redacted:AWS_')
    for (const name of ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GOOGLE_API_KEY'])
      expect(recorded).toContain(`[redacted:${name}]`)
    const all = { ...KEYS, 'the cookie of the server': 'c00kie-of-the-server' }
    expect(leaksIn(ended.stdout + ended.stderr, all)).toEqual([])
    expect(leaksBelow([project.dir, project.cache], all, (file) => !file.startsWith('compile'))).toEqual([])
    // A signature is no secret for long, but nobody need have it.
    expect(recorded).not.toMatch(/Signature=[0-9a-f]{64}/)
  })
})
