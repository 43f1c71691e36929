import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import { type Ended, type Files, LOGGED_PROVIDER, Project, REPO, type Running, start } from './cli.ts'

interface Declared {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
}

const PACKAGE = JSON.parse(readFileSync(join(REPO, 'package.json'), 'utf8')) as Declared

const SUITE = `prompts: ['Is this positive or negative? Answer with one word: {{text}}']
providers: ['simulated:flash']
tests: [{ vars: { text: I love it }, assert: [{ type: icontains-any, value: [positive, negative] }] }]
`

/** Everything a user may bring besides a suite, in TypeScript. */
const USERS_OWN = {
  'suite.yaml': `prompts: [file://prompt.ts]
providers: [{ id: file://provider.ts, transform: file://transform.ts }]
tests: file://tests.ts
extensions: [file://hooks.ts:afterAll]
`,
  'provider.ts': LOGGED_PROVIDER,
  'prompt.ts': 'export default ({ vars }: { vars: { word: string } }): string => `Say ${vars.word}`\n',
  'transform.ts': 'export default (output: string): string => `${output}!`\n',
  'tests.ts': `interface Case { vars: { word: string }; assert: object[] }
export default async (): Promise<Case[]> => [
  { vars: { word: 'yes' }, assert: [{ type: 'javascript', value: 'file://check.ts' }, { type: 'equals', value: 'SAY YES!' }] },
]
`,
  'check.ts': 'export default (output: string): boolean => output.endsWith("!")\n',
  'hooks.ts': `import { writeFileSync } from 'node:fs'
export const afterAll = (): void => writeFileSync(new URL('after.log', import.meta.url), 'done')
`,
}

async function succeeds({ ended }: Running): Promise<void> {
  const { code, stdout, stderr } = await ended
  if (code !== 0) throw new Error(stderr + stdout)
}

describe('the package', () => {
  let installed: string
  /** Packs the checkout and unpacks it as an installer would; what it depends on is taken from the checkout. */
  beforeAll(async () => {
    const { dir } = new Project()
    const env = { HOME: dir, npm_config_offline: 'true', npm_config_update_notifier: 'false' }
    await succeeds(start('npm', ['pack', '--pack-destination', dir], { cwd: REPO, env }))
    installed = join(dir, 'node_modules')
    mkdirSync(join(installed, '.bin'), { recursive: true })
    mkdirSync(join(installed, 'assay'))
    const unpack = [
      'xzf',
      `assay-${PACKAGE.version}.tgz`,
      '--strip-components=1',
      '-C',
      join(installed, 'assay'),
    ]
    await succeeds(start('tar', unpack, { cwd: dir }))
    for (const name of Object.keys({ ...PACKAGE.dependencies, ...PACKAGE.peerDependencies })) {
      mkdirSync(dirname(join(installed, name)), { recursive: true })
      symlinkSync(join(REPO, 'node_modules', name), join(installed, name))
    }
    symlinkSync('../assay/bin/assay.mjs', join(installed, '.bin', 'assay'))
  })

  /** A folder of a user's who has it installed, as node_modules/.bin/assay starts it. */
  function user(
    files: Files,
    env: Readonly<Record<string, string>> = {},
  ): { project: Project; assay: (...args: string[]) => Promise<Ended> } {
    const project = new Project(files)
    symlinkSync(installed, project.path('node_modules'))
    const node = { PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, ...env }
    const assay = (...args: string[]): Promise<Ended> =>
      start('node_modules/.bin/assay', args, { cwd: project.dir, env: node }).ended
    return { project, assay }
  }

  it('says which it is', async () => {
    expect(await user({}).assay('--version')).toEqual({ code: 0, stdout: `${PACKAGE.version}\n`, stderr: '' })
  })

  it('keeps Node from reading an --env-file that is meant for it', async () => {
    const { assay } = user({ 'suite.yaml': SUITE })
    const ended = await assay('validate', 'suite.yaml', '--env-file', 'no.env')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain('error: cannot read the env file no.env')
  })

  it('runs a suite of three lines', async () => {
    const ended = await user({ 'suite.yaml': SUITE }).assay('run', 'suite.yaml', '--json')
    expect(ended).toMatchObject({ code: 0 })
    expect(JSON.parse(ended.stdout)).toMatchObject({ decision: 'pass', cells: { planned: 1, passed: 1 } })
  })

  it('knows its classes of models, and asks what one stands for with the vendor’s SDK', async () => {
    await using server = await startSimulatedServer()
    const { assay } = user(
      { 'suite.yaml': SUITE.replace('simulated:flash', 'sonnet-class') },
      {
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: server.url,
        AWS_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    )
    const ended = await assay('run', 'suite.yaml', '--json')
    expect(ended).toMatchObject({ code: 0 })
    expect(JSON.parse(ended.stdout)).toMatchObject({ cells: { planned: 1, passed: 1 } })
    expect(server.log.map(({ protocol }) => protocol)).toEqual(['bedrock'])
  })

  it('takes a suite through every command', async () => {
    const { assay } = user({ 'suite.yaml': SUITE.replace('simulated:flash', 'echo') })
    for (const args of [
      ['validate', 'suite.yaml'],
      ['plan', 'suite.yaml'],
      ['run', 'suite.yaml'],
      ['verify', 'last'],
      ['report', 'last', '--reporter', 'html'],
    ]) {
      const ended = await assay(...args)
      expect(ended).toMatchObject({ code: 0 })
    }
  })

  it('runs TypeScript of the user’s: prompt, provider, tests, assertion, transform and hook', async () => {
    const { project, assay } = user(USERS_OWN)
    const ended = await assay('run', 'suite.yaml', '--json')
    expect(ended).toMatchObject({ code: 0 })
    expect(JSON.parse(ended.stdout)).toMatchObject({ cells: { planned: 1, passed: 1 } })
    expect(project.calls).toEqual(['Say yes'])
    expect(project.read('after.log')).toBe('done')
  })

  it('has the checks, that a suite names by their files, and a mistake in their config is told before any call', async () => {
    const check = (name: string, config: string): string =>
      `{ type: javascript, value: 'file://node_modules/assay/dist/assertions/${name}.js', config: ${config} }`
    const suite = (checks: readonly string[]): string =>
      `prompts: ['{{reply}}']\nproviders: [echo]\ntests: [{ vars: { reply: '{"label": "good"}' }, assert: [${checks.join(', ')}] }]\n`
    const good = suite([
      check('schema', '{ schema: { type: object, required: [label] } }'),
      check('extraction', '{ expected: { label: Good } }'),
      check('classification', '{ labels: [good, bad], expected: good, from: json }'),
      check('length', '{ words: { max: 5 } }'),
      check('pii', '{}'),
    ])
    // In the test the package is a link; an installer puts it into the project.
    const ended = await user({ 'suite.yaml': good }).assay('run', 'suite.yaml', '--json', '--allow-outside')
    expect(ended).toMatchObject({ code: 0 })
    expect(JSON.parse(ended.stdout)).toMatchObject({ cells: { planned: 1, passed: 1 } })
    const wrong = user({ 'suite.yaml': suite([check('extraction', '{ expectd: { label: good } }')]) })
    const refused = await wrong.assay('run', 'suite.yaml', '--allow-outside')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/suite\.yaml:3:\d+: extraction knows no config key `expectd`/)
    expect(refused.stderr).toContain('did you mean `expected`?')
  })

  it('has the threads that stop a pattern and name a loop', async () => {
    const words = 'a'.repeat(60)
    const regex = `prompts: ['{{word}}']
providers: [echo]
assay: { maxErrorRate: 0.6 }
tests:
  - { vars: { word: '${words}!' }, assert: [{ type: regex, value: ^(a+)+$ }] }
  - { vars: { word: '${words}' }, assert: [{ type: regex, value: ^(a+)+$ }] }
`
    const stopped = await user({ 'suite.yaml': regex }).assay('run', 'suite.yaml', '--json')
    expect(stopped).toMatchObject({ code: 0 })
    expect(JSON.parse(stopped.stdout)).toMatchObject({ cells: { planned: 2, passed: 1, errored: 1 } })

    const endless = 'export default (): void => {\n  for (;;);\n}\n'
    const { assay } = user({ ...USERS_OWN, 'check.ts': endless }, { ASSAY_WATCHDOG_MS: '10000' })
    const loop = await assay('run', 'suite.yaml')
    expect(loop).toMatchObject({ code: 3 })
    expect(loop.stderr).toContain('error: check.ts:2 has blocked the event loop for 10 s')
  })
})
