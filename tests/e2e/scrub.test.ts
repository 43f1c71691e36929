import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ReviewFile } from '../../harness/model/review.ts'
import type { Summary } from '../../reports/summary.ts'
import { Project } from './cli.ts'
import { lastRun, markedIn, reviewArgs } from './marked.ts'
import { leaksBelow, leaksIn } from './planted.ts'
import { refuses } from './refuses.ts'

/** A value that no rule knows: its variable is called like any other. */
const SECRET = 'Frau Müster & "Co" <4711>'
const ENV = { CUSTOMER_REF: SECRET }
const SECRETS = { CUSTOMER_REF: SECRET }

const PROVIDER = `export default class Says {
  id(): string { return 'says' }
  async callApi(prompt: string): Promise<object> {
    const said = process.env.CUSTOMER_REF + ' of ' + prompt
    if (prompt.includes('fail')) return { error: 'no ' + encodeURIComponent(said) }
    return { output: said, metadata: { asked: JSON.stringify({ said }), basic: btoa('user:' + process.env.CUSTOMER_REF) } }
  }
}
`

const SUITE = `prompts: [{ raw: 'Say {{word}}', label: says, config: { about: '{{word}}' } }]
providers: [{ id: file://provider.ts, label: flash }]
assay: { gate: {}, maxErrorRate: 0.5 }
tests:
  - vars: { word: yes }
    assert: [{ type: contains, value: Say }]
  - vars: { word: no }
    assert: [{ type: equals, value: nothing }]
  - vars: { word: fail }
    assert: [{ type: contains, value: Say }]
`

/** What a name of the user's holds, so that it is shown wherever the name is. */
const SHOWN = 'Project Zanzibar'

function packed(text: string): string {
  return gzipSync(text).toString('base64')
}

/** Every reply of the youngest run, marked with this note. */
function allMarked(project: Project, note: string): ReviewFile {
  const marks = project.trials(lastRun(project)).map(({ cell }) => [cell.caseId, 'agree'] as const)
  return markedIn(project, Object.fromEntries(marks), { note })
}

class Recorded extends Project {
  get cache(): string {
    return `${this.dir}-cache`
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return this.assay(args, { env: { ...ENV, ASSAY_CACHE_DIR: this.cache, ...env } })
  }

  /** Everywhere but where it is meant to be: in the user's own files. */
  leaks(): string[] {
    return leaksBelow([this.dir, this.cache], SECRETS, (file) => !file.startsWith('compile'))
  }
}

/** A run, its cassette, a baseline, and a second run that is compared with it. */
async function recorded(): Promise<Recorded> {
  const project = new Recorded({ 'suite.yaml': SUITE, 'provider.ts': PROVIDER })
  await project.run(['run', 'suite.yaml', '--record', '--reporter', 'jsonl', '--reporter', 'json'])
  await project.run(['accept', 'last', '--force', '--reason', `for ${SECRET}`])
  await project.run(['run', 'suite.yaml', '--no-cache'])
  return project
}

describe('assay scrub', () => {
  it('lists where a secret is recorded, without showing it, and exits 1; it changes nothing', async () => {
    const project = await recorded()
    const before = project.leaks()
    const ended = await project.run(['scrub', '--env', 'CUSTOMER_REF'])
    expect(ended.code).toBe(1)
    expect(leaksIn(ended.stdout + ended.stderr, SECRETS)).toEqual([])
    for (const file of [
      'baseline.json',
      'baseline/trials.jsonl',
      'cassette/says--flash.jsonl',
      'trials.jsonl',
      'report.html',
      'junit.xml',
    ])
      expect(ended.stdout).toMatch(new RegExp(`${file}: \\d+ hits?\\n {2}\\d+: CUSTOMER_REF`))
    expect(ended.stdout).toContain('"output":"[redacted:CUSTOMER_REF] of Say')
    expect(ended.stdout).toContain('Nothing was changed')
    expect(project.leaks()).toEqual(before)
  })

  it('takes it out of runs, reports, cassette, baseline and cache, notes that, and finds nothing afterwards', async () => {
    const project = await recorded()
    // What was taken out of git to be compared with.
    const extracted = join(project.cache, 'baselines', 'abc')
    mkdirSync(extracted, { recursive: true })
    writeFileSync(join(extracted, 'trials.jsonl'), `{"output":${JSON.stringify(SECRET)}}\n`)
    writeFileSync(join(extracted, 'manifest.json'), '{}')
    expect(project.leaks().length).toBeGreaterThan(15)

    const ended = await project.run(['scrub', '--env', 'CUSTOMER_REF', '--yes'])
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('hint: replace the secret') })
    expect(project.leaks()).toEqual([])
    expect(existsSync(extracted)).toBe(false)

    const note = {
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      rules: ['CUSTOMER_REF'],
      hits: expect.any(Number),
    }
    for (const run of project.runs) expect(project.manifest(run)).toMatchObject({ scrubbed: [note] })
    for (const file of ['baseline.json', 'baseline/manifest.json', 'cassette/scrubbed.json'])
      expect(JSON.parse(project.read(file))).toMatchObject({ scrubbed: [note] })

    const again = await project.run(['scrub', '--env', 'CUSTOMER_REF'])
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Nothing was found in \d+ files\.\n$/),
    })
  })

  it('takes it out of all that shows several runs, of reviews, and of what a page has packed or set beside it', async () => {
    const project = new Recorded({ 'suite.yaml': SUITE.replace('says, config', `'says ${SHOWN}', config`) })
    project.write('provider.ts', PROVIDER)
    const run = (...args: string[]) => project.run(['run', 'suite.yaml', '--no-cache', ...args])
    await run()
    await project.run(reviewArgs(project, allMarked(project, `saw ${SHOWN}`)))
    await project.run(['report', 'last', '--share'])
    await run()
    const [first = ''] = project.runs
    const beside = {
      report: `self.blocks = {"text-main-0":"${packed(`"of ${SHOWN}"`)}"}`,
      'report.share': '',
    }
    for (const [name, text] of Object.entries(beside))
      project.write(`${first}/${name}.data/text-main-0.js`, text)
    project.write('copied/page.html', `<script type="text/plain">${packed(`"of ${SHOWN}"`)}</script>`)
    rmSync(project.path('suite.yaml'))
    rmSync(project.path('review.json'))
    const leaks = () => leaksBelow([project.dir], { SHOWN }, (file) => !file.startsWith('copied'))
    const files = ['report.html', 'report.share.html', 'reviews.json', 'report.data/text-main-0.js'].map(
      (name) => `${first}/${name}`,
    )
    for (const file of [...files, 'runs/project/history.json', 'runs/project/index.html'])
      expect(leaks()).toContain(`${file}: SHOWN as it is`)

    const ended = await project.run(['scrub', '--match', SHOWN, '--yes'])
    expect(ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('warning') })
    expect(leaks()).toEqual([])
    expect(existsSync(project.path(`${first}/report.data`))).toBe(false)

    // What is not of a run cannot be made again.
    const copy = await project.run(['scrub', '--match', SHOWN, '--yes', 'copied/page.html'])
    expect(copy.code).toBe(3)
    expect(copy.stderr).toContain('copied/page.html is left as it is: 1 hit is left in it: remove it')
  })

  it('makes the pages again that were left when it was killed before it came to them', async () => {
    const project = new Recorded({ 'suite.yaml': SUITE, 'provider.ts': PROVIDER })
    await project.run(['run', 'suite.yaml', '--no-cache'])
    const [run = ''] = project.runs
    const [texts = ''] = /<script type="text\/plain" id="text-main-0">.*?<\/script>/.exec(
      project.read(`${run}/report.html`),
    ) as readonly string[]
    const scrub = () => project.run(['scrub', '--env', 'CUSTOMER_REF', '--yes'])
    await scrub()
    project.write(`${run}/report.html`, texts)
    expect(project.leaks()).not.toEqual([])
    expect(await scrub()).toMatchObject({ code: 0 })
    expect(project.leaks()).toEqual([])
  })

  it('leaves all of it readable: the commands say what they said before', async () => {
    const project = await recorded()
    const [, run = ''] = project.runs
    const commands = [
      ['report', run, '--json'],
      ['gate', run, '--json'],
      ['compare', 'baseline.json', run, '--json'],
      ['run', 'suite.yaml', '--replay', '--json', '--out', 'runs/project/replayed'],
      ['verify', run, '--json', '--out', 'runs/project/verified'],
      ['resume', run, '--json'],
    ]
    const told = async (args: readonly string[]) => {
      const { code, stdout, stderr } = await project.run(args)
      expect(stderr).not.toMatch(/error|no recorded reply/)
      const { decision, cells, columns, comparison } = JSON.parse(stdout) as Summary
      const { passRate } = columns[0] ?? {}
      return { code, decision, cells, passRate, comparison: comparison !== undefined }
    }
    const before = []
    for (const args of commands) before.push(await told(args))
    expect(before.every(({ comparison }) => comparison)).toBe(true)
    await project.run(['scrub', '--env', 'CUSTOMER_REF', '--yes'])
    expect(project.leaks()).toEqual([])
    const after = []
    for (const args of commands) after.push(await told(args.map((arg) => arg.replace(/ed$/, 'ed-again'))))
    expect(after).toEqual(before)
    expect(project.read(join(run, 'report.html'))).toContain('[redacted:CUSTOMER_REF]')
    expect(project.manifest(run)).toMatchObject({
      scrubbed: [{ rules: ['CUSTOMER_REF'] }],
      resumed: [{}, {}],
    })
  })

  it('takes out what a pattern matches, so that a suite which says the same goes on with its record', async () => {
    const project = new Recorded({
      'suite.yaml': SUITE.replace('word: yes }', 'word: cust-17 }\n    metadata: { id: cust-17 }'),
      'provider.ts': PROVIDER,
    })
    await project.run(['run', 'suite.yaml', '--record'])
    await project.run(['accept', 'last', '--force', '--reason', 'first'])
    await project.run(['scrub', '--match', String.raw`cust-\d+`, '--yes'])
    expect(leaksBelow([project.dir], { id: 'cust-17' })).toEqual([
      'suite.yaml: id as it is',
      'suite.yaml: id in JSON',
      'suite.yaml: id in JSON in JSON',
      'suite.yaml: id in a URL',
      'suite.yaml: id in HTML',
    ])

    project.write(
      'suite.yaml',
      project.read('suite.yaml').replace('gate: {}', String.raw`gate: {}, redact: ['cust-\d+']`),
    )
    const replayed = await project.run(['run', 'suite.yaml', '--replay', '--json'])
    expect(replayed.stderr).not.toContain('no recorded reply')
    expect(JSON.parse(replayed.stdout)).toMatchObject({
      calls: { made: 0, replayed: 2 },
      comparison: { cases: 3 },
    })
    const verified = await project.run(['verify', 'last', '--json'])
    expect(JSON.parse(verified.stdout)).toMatchObject({ cells: { finished: 3, absent: 0 } })
  })

  it('by itself looks for keys of well-known forms, and for values of secret variables', async () => {
    const project = await recorded()
    project.write('runs/project/old.log', 'a\r\nkey AKIAIOSFODNN7EXAMPLE and the-value-of-it\r\n')
    const clean = await project.run(['scrub'])
    expect(clean.stdout).toContain(
      'runs/project/old.log: 1 hit\n  2: aws-key-id  key [redacted:aws-key-id] and',
    )
    const withEnv = await project.run(['scrub', '--json'], { SOME_API_KEY: 'the-value-of-it' })
    expect(withEnv.code).toBe(1)
    expect(JSON.parse(withEnv.stdout)).toMatchObject({
      v: 1,
      mode: 'list',
      hits: 2,
      files: [
        {
          file: project.path('runs/project/old.log'),
          hits: [
            { line: 2, rule: 'SOME_API_KEY' },
            { line: 2, rule: 'aws-key-id' },
          ],
        },
      ],
      purged: [],
      skipped: [],
    })
    const ended = await project.run(['scrub', '--yes', 'runs/project/old.log'], {
      SOME_API_KEY: 'the-value-of-it',
    })
    expect(ended.code).toBe(0)
    expect(project.read('runs/project/old.log')).toBe(
      'a\r\nkey [redacted:aws-key-id] and [redacted:SOME_API_KEY]\r\n',
    )
  })

  it('leaves a run in progress alone, says so, and exits 3', async () => {
    const project = new Recorded({ 'suite.yaml': SUITE, 'provider.ts': SLOW_PROVIDER })
    const running = project.start(['run', 'suite.yaml', '--record', '--no-cache'], {
      env: { ...ENV, ASSAY_CACHE_DIR: project.cache },
    })
    const journal = await until(() => {
      const [run] = project.runs
      const has = run !== undefined && existsSync(project.path(`${run}/trials.jsonl`))
      return has && project.read(`${run}/trials.jsonl`).includes('of Say yes')
        ? `${run}/trials.jsonl`
        : undefined
    })
    const ended = await project.run(['scrub', '--match', 'Say yes', '--yes'])
    expect(ended.code).toBe(3)
    expect(ended.stderr).toMatch(
      /warning: runs\/project\/\S+ is left as it is: it is being written by process \d+/,
    )
    expect(project.read(journal)).toContain('of Say yes')
    project.write('go', '')
    expect((await running.ended).code).toBe(0)
    expect((await project.run(['scrub', '--match', 'Say yes', '--yes'])).code).toBe(0)
    expect(project.read(journal)).not.toContain('Say yes')
    expect(readdirSync(project.path(project.runs[0] ?? ''))).not.toContain('run.lock')
  })

  it('has help with examples', async () => {
    const { code, stdout } = await new Recorded().run(['scrub', '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('$ assay scrub --env OPENAI_API_KEY --yes')
  })
})

/** Its second case waits for a file. */
const SLOW_PROVIDER = PROVIDER.replace(
  "if (prompt.includes('fail'))",
  "if (prompt.includes('no')) while (!existsSync(new URL('go', import.meta.url))) await new Promise((done) => setTimeout(done, 20))\n    if (prompt.includes('fail'))",
).replace(/^/, "import { existsSync } from 'node:fs'\n")

async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find()
    if (found !== undefined) return found
    await new Promise((done) => {
      setTimeout(done, 20)
    })
  }
}

describe('assay scrub refuses', () => {
  refuses([
    {
      what: 'a variable that is not set',
      args: ['scrub', '--env', 'NOT_THERE'],
      error: '--env NOT_THERE: there is no such variable',
      hint: '--env-file',
    },
    {
      what: 'a value too short to be told from other text',
      args: ['scrub', '--env', 'LANG_X'],
      files: { '.env': 'LANG_X=abc\n' },
      error: '--env LANG_X: its value is too short',
      hint: '--match',
    },
    {
      what: 'what is no regular expression',
      args: ['scrub', '--match', 'hunter2('],
      error: '--match is not a regular expression: Unterminated group',
      hint: 'after a backslash',
    },
    {
      what: 'a pattern that matches the empty text',
      args: ['scrub', '--match', 'hunter2|x*'],
      error: '--match matches the empty text',
      hint: 'Write a regular expression',
    },
    {
      what: 'a path that is not there',
      args: ['scrub', 'runs/none'],
      error: 'there is nothing at',
      hint: 'Name run folders',
    },
  ])
})
