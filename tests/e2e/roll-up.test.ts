import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { elements, parseXml } from '../reports/parse-xml.ts'
import { type Files, Project } from './cli.ts'

/** Says the prompt back, for a quarter of a dollar a call that it knows of beforehand. */
const PROVIDER = `import { appendFileSync } from 'node:fs'
export default class Echo {
  constructor(options = {}) { this.config = options.config }
  config: { hold?: boolean } | undefined
  id(): string { return 'echo' }
  async callApi(prompt: string) {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    if (this.config?.hold === true) await new Promise((done) => setTimeout(done, 60_000))
    return { output: prompt, cost: 0.25 }
  }
}
`

const suite = (word: string, { expects = word, cases = 2, assay = '{}', config = '{}' } = {}): string =>
  `prompts: ['Say {{word}} {{n}}']
providers: [{id: file://../provider.ts, config: ${config}}]
assay: ${assay}
tests:
${Array.from({ length: cases }, (_, n) => `  - {vars: {word: ${word}, n: ${n}}, assert: [{type: contains, value: ${expects}}]}`).join('\n')}
`

function project(files: Files): Project {
  return new Project({ 'provider.ts': PROVIDER, ...files })
}

interface RollUpFile {
  readonly exitCode: number
  readonly spentUsd: number
  readonly suites: readonly {
    readonly file: string
    readonly is: string
    readonly decision?: string
    readonly sentence?: string
    readonly cells?: { readonly planned: number; readonly absent: number }
  }[]
}

/** The folder of what there is once. */
function only(folders: readonly string[]): string {
  const [folder, ...others] = folders
  if (folder === undefined || others.length > 0) throw new Error(`expected one folder: ${folders.join(', ')}`)
  return folder
}

function rollUpOf(made: Project): RollUpFile {
  return JSON.parse(made.read(`${only(made.rollUps)}/roll-up.json`)) as RollUpFile
}

describe('several suites of one command', () => {
  it('make one page, one JUnit file, one summary and one record, beside a run of each', async () => {
    const made = project({
      'one/suite.yaml': suite('alpha'),
      'two/suite.yaml': suite('beta', { expects: 'gamma' }),
    })
    const { code, stdout } = await made.assay(['run', 'one/suite.yaml', 'two/suite.yaml'])
    expect(code).toBe(1)
    const rollUp = only(made.rollUps)
    const [one, two] = made.runs
    expect([one, two].map((run) => run?.split('/')[1])).toStrictEqual(['one', 'two'])
    const page = made.read(`${rollUp}/index.html`)
    expect(page.indexOf('>two</a>')).toBeLessThan(page.indexOf('>one</a>'))
    expect(page).toContain(`href="../../one/${one?.split('/')[2]}/report.html"`)
    const suites = elements(parseXml(made.read(`${rollUp}/junit.xml`)), 'testsuite')
    expect(suites.map(({ attributes }) => attributes['name'])).toStrictEqual([
      'one',
      'one gates',
      'two',
      'two gates',
    ])
    expect(made.read(`${rollUp}/summary.md`)).toContain('## BLOCK: two')
    expect(rollUpOf(made)).toMatchObject({
      exitCode: 1,
      spentUsd: 1,
      suites: [
        { file: 'one/suite.yaml', decision: 'pass' },
        { file: 'two/suite.yaml', decision: 'block' },
      ],
    })
    expect(stdout.slice(stdout.indexOf('Suites'))).toMatch(/✗ BLOCK {2}two[^]*✓ PASS {3}one[^]*exit code 1/)
  })

  it('share every file that is asked for, in place of writing over each other', async () => {
    const made = project({ 'one/suite.yaml': suite('alpha'), 'two/suite.yaml': suite('beta') })
    const formats = ['junit', 'markdown', 'html', 'json', 'jsonl', 'default']
    const asked = formats.flatMap((name) => ['--reporter', `${name}=all.${name}`])
    const { code, stdout } = await made.assay(['run', 'one/suite.yaml', 'two/suite.yaml', ...asked])
    expect(code).toBe(0)
    expect(stdout).toBe('')
    expect(elements(parseXml(made.read('all.junit')), 'testcase')).toHaveLength(6)
    expect(made.read('all.markdown')).toMatch(/## PASS: one[^]*## PASS: two/)
    expect(made.read('all.html')).toMatch(/href="runs\/one\/[^"]+\/report\.html"[^]*href="runs\/two\//)
    expect((JSON.parse(made.read('all.json')) as unknown[]).length).toBe(2)
    expect(made.read('all.jsonl').trimEnd().split('\n')).toHaveLength(4)
    expect(made.read('all.default')).toMatch(/one {2}2 cells[^]*two {2}2 cells[^]*Suites/)
  })

  it('have one comment and one summary on GitHub, and annotations for all of them once', async () => {
    const made = project({
      'one/suite.yaml': suite('alpha', { expects: 'gamma' }),
      'two/suite.yaml': suite('beta', { expects: 'gamma' }),
    })
    const { code, stdout } = await made.assay(
      ['run', 'one/suite.yaml', 'two/suite.yaml', '--reporter', 'github'],
      {
        env: { GITHUB_STEP_SUMMARY: made.path('step.md'), GITHUB_OUTPUT: made.path('output') },
      },
    )
    expect(code).toBe(1)
    expect(stdout.match(/^::error .*title=BLOCK/gm)).toHaveLength(2)
    expect(made.read('step.md').match(/^## /gm)).toHaveLength(3)
    expect(made.read('step.md')).toContain('BLOCK: all 2 suites')
    expect(made.read('output')).toContain('block')
    expect(made.read(`${only(made.rollUps)}/comment.md`)).toContain(
      '<!-- assay: one%2Fsuite.yaml + two%2Fsuite.yaml -->',
    )
  })

  it('print a list with --json, and nothing else on stdout', async () => {
    const made = project({ 'one/suite.yaml': suite('alpha'), 'two/suite.yaml': suite('beta') })
    const { stdout } = await made.assay(['run', 'one/suite.yaml', 'two/suite.yaml', '--json'])
    expect((JSON.parse(stdout) as { decision: string }[]).map(({ decision }) => decision)).toStrictEqual([
      'pass',
      'pass',
    ])
  })

  it('share one budget: what has no money left is in the roll-up, incomplete', async () => {
    const made = project({
      'one/suite.yaml': suite('alpha'),
      'two/suite.yaml': suite('beta'),
      'three/suite.yaml': suite('gamma'),
    })
    const files = ['one/suite.yaml', 'two/suite.yaml', 'three/suite.yaml']
    const { code } = await made.assay(['run', ...files, '--max-cost', '0.5', '--concurrency', '1'])
    expect(code).toBe(3)
    expect(made.calls).toHaveLength(2)
    const { suites, spentUsd } = rollUpOf(made)
    expect(spentUsd).toBe(0.5)
    expect(suites).toMatchObject([
      { file: files[0], is: 'run', decision: 'pass' },
      { file: files[1], is: 'run', decision: 'invalid', cells: { planned: 2, absent: 2 } },
      { file: files[2], is: 'run', decision: 'invalid', cells: { planned: 2, absent: 2 } },
    ])
    expect(suites[1]?.sentence).toMatch(/budget/i)
  })

  it("hold each suite's own budget besides the one they share", async () => {
    const made = project({
      'one/suite.yaml': suite('alpha', { cases: 4, assay: '{budget: {usd: 0.25}}' }),
      'two/suite.yaml': suite('beta'),
    })
    await made.assay(['run', 'one/suite.yaml', 'two/suite.yaml', '--max-cost', '5', '--concurrency', '1'])
    expect(made.calls.filter((prompt) => prompt.includes('alpha'))).toHaveLength(1)
    expect(made.calls.filter((prompt) => prompt.includes('beta'))).toHaveLength(2)
    expect(rollUpOf(made).suites).toMatchObject([{ decision: 'invalid' }, { decision: 'pass' }])
  })

  it('are listed as not run when Ctrl-C keeps them from their turn', async () => {
    const made = project({
      'one/suite.yaml': suite('alpha', { config: '{hold: true}' }),
      'two/suite.yaml': suite('beta'),
    })
    const { child, ended } = made.start(
      ['run', 'one/suite.yaml', 'two/suite.yaml', '--reporter', 'junit=all.xml'],
      { env: { ASSAY_GRACE_MS: '1' } },
    )
    await vi.waitFor(() => expect(made.calls).not.toStrictEqual([]), { timeout: 30_000, interval: 20 })
    child.kill('SIGINT')
    const { code } = await ended
    expect(code).toBe(130)
    expect(rollUpOf(made)).toMatchObject({
      exitCode: 130,
      suites: [
        { is: 'run', cells: { planned: 2, absent: 2 } },
        { file: 'two/suite.yaml', is: 'not_run' },
      ],
    })
    expect(made.read('all.xml')).toContain('<skipped')
  })

  it('tell of one that broke when it was its turn, and run the others', async () => {
    const made = project({ 'one/suite.yaml': suite('alpha'), 'two/suite.yaml': suite('beta') })
    // A folder of its runs cannot be made where a file stands.
    made.write('runs/one', 'in the way')
    const { code, stderr } = await made.assay(['run', 'one/suite.yaml', 'two/suite.yaml'])
    expect(code).toBe(2)
    expect(stderr).toContain('cannot be made')
    const { suites, exitCode } = rollUpOf(made)
    expect(exitCode).toBe(2)
    expect(suites).toMatchObject([
      { is: 'broken', exitCode: 2 },
      { is: 'run', decision: 'pass' },
    ])
  })

  it('have secrets in no part of the roll-up', async () => {
    const secret = 'sk-live-0123456789abcdef'
    const made = project({
      'one/suite.yaml': suite('alpha', { config: `{apiKey: ${secret}}` }),
      'two/suite.yaml': suite('beta'),
    })
    made.write('runs/one', 'in the way')
    await made.assay(['run', 'one/suite.yaml', 'two/suite.yaml'])
    const dir = only(made.rollUps)
    for (const name of ['index.html', 'junit.xml', 'summary.md', 'roll-up.json'])
      expect(readFileSync(made.path(`${dir}/${name}`), 'utf8')).not.toContain(secret)
  })
})

it('a single suite makes no roll-up', async () => {
  const made = project({ 'one/suite.yaml': suite('alpha') })
  const { stdout } = await made.assay(['run', 'one/suite.yaml'])
  expect(made.rollUps).toStrictEqual([])
  expect(made.runs).toHaveLength(1)
  expect(stdout).not.toContain('Suites')
})

it('recorded runs are rolled up as their command did, and one that cannot be read is told', async () => {
  const made = project({
    'one/suite.yaml': suite('alpha'),
    'two/suite.yaml': suite('beta', { expects: 'gamma' }),
  })
  await made.assay(['run', 'one/suite.yaml', './two/suite.yaml', '--reporter', 'github'])
  const first = only(made.rollUps)
  const files = ['summary.md', 'junit.xml', 'comment.md']
  const told = files.map((file) => made.read(`${first}/${file}`).replaceAll(first, ''))
  const { code, stdout } = await made.assay(['roll-up', ...made.runs, '--reporter', 'github'])
  expect(code).toBe(1)
  expect(stdout).toMatch(/^::error file=two\/suite\.yaml,/)
  const second = only(made.rollUps.filter((folder) => folder !== first))
  expect(files.map((file) => made.read(`${second}/${file}`).replaceAll(second, ''))).toStrictEqual(told)
  expect(made.calls).toHaveLength(4)

  const broken = await made.assay(['roll-up', ...made.runs, 'none'])
  expect(broken.code).toBe(2)
  expect(broken.stderr).toContain('error: none is not the folder of a run')
  expect(broken.stdout).toContain('NOT RUN  none')
})
