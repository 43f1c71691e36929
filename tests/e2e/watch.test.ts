import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Analysis } from '../../harness/model/analysis.ts'
import { type Ended, type Files, Project } from './cli.ts'

/** Says the prompt back in capitals, for a quarter of a dollar, and leaves a line for every call. */
const PROVIDER = `import { appendFileSync } from 'node:fs'
export default class Echo {
  id(): string { return 'echo' }
  async callApi(prompt: string) {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    if (prompt.includes('hold')) await new Promise((done) => setTimeout(done, 60_000))
    return { output: prompt.toUpperCase(), cost: 0.25 }
  }
}
`

const suite = (expected = 'SAY', more = ''): string => `prompts: [file://prompts/*.txt]
providers: [file://provider.ts]
tests:
  - {description: yes, vars: {word: yes}, assert: [{type: contains, value: ${expected}}]}
  - {description: no, vars: {word: no}, assert: [{type: contains, value: ${expected}}]}
${more}`

const FILES: Files = {
  'provider.ts': PROVIDER,
  'prompts/a.txt': 'Say {{word}}',
  'prompts/b.txt': 'Whisper {{word}}',
  'suite.yaml': suite(),
}

/** A watch that runs, and what it has printed so far. */
class Watching {
  readonly project: Project
  readonly child
  readonly ended: Promise<Ended>
  #out = ''
  #err = ''
  #isOver = false
  #wake: () => void = () => {}

  constructor(files: Files = {}, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    this.project = new Project({ ...FILES, ...files })
    const { child, ended } = this.project.start(['run', 'suite.yaml', '--watch', ...args], { env })
    this.child = child
    this.ended = ended
    child.stdout?.on('data', (text: string) => this.#told((this.#out += text)))
    child.stderr?.on('data', (text: string) => this.#told((this.#err += text)))
    void ended.then(() => this.#told(String((this.#isOver = true))))
  }

  get err(): string {
    return this.#err
  }

  /** The line of a round and those of its flips, once they are there and the next save is waited for. */
  async round(number: number): Promise<string[]> {
    const [text = ''] = await this.until(() => new RegExp(`^round ${number} ·[^]*`, 'm').exec(this.#out))
    return (
      text
        .split(/\nround /)[0]
        ?.trimEnd()
        .split('\n') ?? []
    )
  }

  /** What a text on stderr holds, as soon as it is there. */
  said(pattern: RegExp): Promise<RegExpExecArray> {
    return this.until(() => pattern.exec(this.#err))
  }

  async until<T>(found: () => T | null | undefined | false): Promise<T> {
    for (;;) {
      const result = found()
      if (result !== null && result !== undefined && result !== false) return result
      if (this.#isOver) throw new Error(`the watch ended:\n${this.#out}\n${this.#err}`)
      await new Promise<void>((done) => (this.#wake = done))
    }
  }

  /** Saves as most editors do: a file beside it takes its place. */
  save(name: string, content: string): void {
    this.project.write(`${name}.new~`, content)
    renameSync(this.project.path(`${name}.new~`), this.project.path(name))
  }

  async end(): Promise<Ended> {
    this.child.kill('SIGINT')
    return this.ended
  }

  get run(): string {
    const [run = '', ...others] = this.project.runs
    if (others.length > 0) throw new Error('there is more than one run')
    return run
  }

  /** What the record came to, without what no two runs share. */
  figures(run = this.run): unknown {
    const { runId, ...analysis } = JSON.parse(this.project.read(join(run, 'analysis.json'))) as Analysis
    void runId
    const times = new Set(['p50', 'p95'])
    return JSON.parse(JSON.stringify(analysis, (key, value: unknown) => (times.has(key) ? undefined : value)))
  }

  #told(_text: string): void {
    this.#wake()
  }
}

const open: Watching[] = []
afterEach(async () => {
  for (const watching of open.splice(0)) {
    watching.child.kill('SIGINT')
    await watching.ended
  }
})

function watch(...args: ConstructorParameters<typeof Watching>): Watching {
  const watching = new Watching(...args)
  open.push(watching)
  return watching
}

/** A fresh run of the suite as it stands now, beside the watch's. */
async function freshFigures(watching: Watching): Promise<unknown> {
  const { project } = watching
  await project.assay(['run', 'suite.yaml', '--out', 'fresh', '--no-cache', '--json'])
  return watching.figures('fresh')
}

describe('a watched suite', () => {
  it('whose prompt is saved has the cells of that prompt called, and comes to what a fresh run comes to', async () => {
    const watching = watch()
    expect(await watching.round(1)).toStrictEqual(['round 1 · 4 cells called · BLOCK · $1.00 spent'])
    const before = watching.project.trials(watching.run)

    watching.save('prompts/b.txt', 'Say softly {{word}}')
    expect(await watching.round(2)).toStrictEqual([
      'round 2 · prompts/b.txt · 2 cells called, 2 kept · BLOCK → PASS · $0.500 spent, $1.50 in all',
      '  ✓ now passes  suite.yaml:4  yes in prompts/b.txt × file://provider.ts',
      '  ✓ now passes  suite.yaml:5  no in prompts/b.txt × file://provider.ts',
    ])
    expect(watching.project.calls.slice(4).toSorted()).toStrictEqual(['Say softly no', 'Say softly yes'])
    const kept = watching.project.trials(watching.run).filter(({ cell }) => cell.prompt === 'prompts/a.txt')
    expect(kept).toStrictEqual(before.filter(({ cell }) => cell.prompt === 'prompts/a.txt'))
    expect((await watching.end()).code).toBe(0)
    expect(watching.figures()).toStrictEqual(await freshFigures(watching))
    expect(watching.project.manifest(watching.run).command).toStrictEqual(['assay', 'run', 'suite.yaml'])
  })

  it('whose check is saved is checked again, and calls nothing', async () => {
    const watching = watch()
    await watching.round(1)
    watching.save('suite.yaml', suite('YES'))
    const [line, ...flips] = await watching.round(2)
    expect(line).toBe('round 2 · suite.yaml · 4 cells checked again · BLOCK · $0 spent, $1.00 in all')
    expect(flips.map((flip) => flip.trim().split('  ').slice(0, 2))).toStrictEqual([
      ['✗ now fails', 'suite.yaml:5'],
      ['✓ now passes', 'suite.yaml:4'],
    ])
    expect(flips[0]).toContain('Expected output to contain "YES"')
    expect(watching.project.calls).toHaveLength(4)
    expect((await watching.end()).code).toBe(1)
  })

  it('that is changed back has its replies again, and pays for none twice', async () => {
    const watching = watch()
    await watching.round(1)
    watching.save('prompts/b.txt', 'Say softly {{word}}')
    await watching.round(2)
    watching.save('prompts/b.txt', 'Whisper {{word}}')
    const [line] = await watching.round(3)
    expect(line).toContain('2 cells checked again, 2 kept · PASS → BLOCK · $0 spent, $1.50 in all')
    expect(watching.project.calls).toHaveLength(6)
  })

  it('takes up a prompt that a pattern finds, and lets go of one that is gone', async () => {
    const watching = watch()
    await watching.round(1)
    watching.save('prompts/c.txt', 'Say loudly {{word}}')
    expect((await watching.round(2))[0]).toContain('2 cells called, 4 kept')
    rmSync(watching.project.path('prompts/b.txt'))
    expect((await watching.round(3))[0]).toContain('4 cells kept · BLOCK → PASS')
    await watching.end()
    expect(watching.figures()).toStrictEqual(await freshFigures(watching))
  })

  it('runs code as it was saved, and what that imports', async () => {
    const check = `import { expected } from './expected.ts'
export default (output) => ({ pass: output.includes(expected), score: 1, reason: 'wanted ' + expected })`
    const watching = watch({
      'suite.yaml': suite().replaceAll(
        /type: contains, value: SAY/g,
        'type: javascript, value: file://check.ts',
      ),
      'check.ts': check,
      'expected.ts': "export const expected = 'SAY'",
    })
    await watching.round(1)
    watching.save('expected.ts', "export const expected = 'YES'")
    expect((await watching.round(2))[0]).toContain('expected.ts · 4 cells checked again')
    watching.save('check.ts', check.replace('output.includes(expected)', 'true'))
    expect((await watching.round(3))[0]).toContain('check.ts · 4 cells checked again · BLOCK → PASS')
    expect(watching.project.calls).toHaveLength(4)
  })

  it('calls a provider again whose neighbour was saved, and warns where it imports from elsewhere', async () => {
    const imports = "import '../shared.ts'\nimport './neighbour.ts'\n"
    const watching = watch({
      'suite.yaml': suite().replace('file://provider.ts', 'file://own/provider.ts'),
      'own/provider.ts': imports + PROVIDER.replace('calls.log', '../calls.log'),
      'own/neighbour.ts': '',
      'shared.ts': '',
    })
    await watching.round(1)
    watching.save('own/neighbour.ts', 'export {}')
    expect((await watching.round(2))[0]).toContain('own/neighbour.ts · 4 cells called')
    watching.save('shared.ts', 'export {}')
    expect((await watching.round(3))[0]).toContain('shared.ts · 4 cells checked again')
    expect(watching.err.match(/^warning: a provider imports.*$/gm)).toStrictEqual([
      'warning: a provider imports shared.ts: its replies on record stand until the provider itself is edited',
    ])
  })

  it('that is broken is told of with its place, once, and goes on when it is mended', async () => {
    const watching = watch()
    await watching.round(1)
    watching.save('suite.yaml', `${suite()}tests: [`)
    await watching.said(/error: suite\.yaml:6:\d+: [^]*waiting for the next save/)
    watching.save('notes.txt', 'no part of the suite')
    watching.save('suite.yaml', suite('WHISPER'))
    const [line] = await watching.round(3)
    expect(line).toContain('suite.yaml · 4 cells checked again')
    expect(watching.err.match(/^error:/gm)).toHaveLength(1)
  })

  it('is waited for where it cannot be run at first, and where a file of it is missing', async () => {
    const watching = watch({ 'suite.yaml': suite().replace('file://prompts/*.txt', 'file://later.txt') })
    await watching.said(/later\.txt[^]*waiting for the next save/)
    watching.save('later.txt', 'Say {{word}}')
    expect((await watching.round(2))[0]).toContain('2 cells called · PASS')
    rmSync(watching.project.path('later.txt'))
    await watching.said(/no such file[^]*waiting|later\.txt[^]*waiting[^]*later\.txt[^]*waiting/)
    watching.save('later.txt', 'Say {{word}}')
    expect((await watching.round(4))[0]).toContain('2 cells kept · PASS')
  })

  it('has one round for two saves in quick succession', async () => {
    const watching = watch()
    await watching.round(1)
    watching.save('prompts/b.txt', 'Say this {{word}}')
    watching.save('prompts/b.txt', 'Say that {{word}}')
    watching.save('prompts/a.txt', 'Say {{word}} now')
    await watching.round(2)
    watching.save('suite.yaml', suite('SAY', '# the end'))
    const [line] = await watching.round(3)
    expect(line).toContain('suite.yaml')
    expect(watching.project.calls.slice(4).toSorted()).toStrictEqual([
      'Say no now',
      'Say that no',
      'Say that yes',
      'Say yes now',
    ])
  })

  it('holds one budget for all rounds', async () => {
    const watching = watch({}, ['--max-cost', '1.5', '--concurrency', '1'])
    await watching.round(1)
    watching.save('prompts/b.txt', 'Say softly {{word}}')
    await watching.round(2)
    watching.save('prompts/b.txt', 'Say loudly {{word}}')
    const [line] = await watching.round(3)
    expect(line).toContain('2 cells kept, 2 absent · PASS → BUDGET REACHED · $0 spent, $1.50 in all')
    expect(watching.project.calls).toHaveLength(6)
    expect((await watching.end()).code).toBe(3)
  })

  it('that is interrupted in a round ends as a run does, and can be resumed', async () => {
    const watching = watch({ 'prompts/b.txt': 'hold {{word}}' }, [], { ASSAY_GRACE_MS: '1' })
    await watching.said(/→ runs/)
    while (watching.project.calls.length < 4) await new Promise((done) => setTimeout(done, 20))
    const { code, stdout } = await watching.end()
    expect(code).toBe(130)
    expect(stdout).toContain('INTERRUPTED')
    expect(watching.project.manifest(watching.run).interrupted).toBe(true)
  })

  it('that is interrupted before its first round has begun ends as interrupted, and waits for nothing', async () => {
    const watching = watch()
    await watching.said(/^report: /m)
    const { code, stderr } = await watching.end()
    expect(code).toBe(130)
    expect(stderr).not.toContain('Ctrl-C ends it')
  })

  it('starts a run of its own where its folder was removed', async () => {
    const watching = watch()
    await watching.round(1)
    rmSync(watching.project.path('runs'), { recursive: true })
    watching.save('suite.yaml', suite('YES'))
    expect((await watching.round(2))[0]).toContain('4 cells')
    expect(watching.project.trials(watching.run)).toHaveLength(4)
  })
})

describe('the page of a watch', () => {
  it('is served with the report, and ends with the watch', async () => {
    const watching = watch()
    const [, url = ''] = await watching.said(/^report: (http:\/\/127\.0\.0\.1:\d+\/)$/m)
    await watching.round(1)
    await watching.said(/watching \d+ files/)
    expect(await (await fetch(`${url}report`)).text()).toBe(
      watching.project.read(join(watching.run, 'report.html')),
    )
    await watching.end()
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('is left away with --no-serve', async () => {
    const watching = watch({}, ['--no-serve'])
    await watching.round(1)
    expect(watching.err).not.toContain('http://')
  })
})

describe('what cannot be watched', () => {
  it.each([
    [['suite.yaml', 'suite.yaml', '--watch'], {}, '--watch goes with one suite'],
    [['suite.yaml', '--watch', '--json'], {}, '--json prints the summary of one run'],
    [['suite.yaml', '--watch', '--failed', 'last'], {}, '--failed names cells as they were'],
    [['suite.yaml', '--watch'], { CI: 'true' }, 'this is CI'],
    [['suite.yaml', '--port', '8080'], {}, '--port is about the page of --watch'],
    [['suite.yaml', '--no-serve'], {}, '--no-serve is about the page of --watch'],
  ])('is refused before anything is called: %j', async (args, env, message) => {
    const project = new Project(FILES)
    const { code, stderr } = await project.assay(['run', ...args], { env })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(project.calls).toStrictEqual([])
  })

  it('says so of a port that is taken', async () => {
    const watching = watch()
    const [, port = ''] = await watching.said(/^report: http:\/\/127\.0\.0\.1:(\d+)\/$/m)
    const { code, stderr } = await watching.project.assay(['run', 'suite.yaml', '--watch', '--port', port])
    expect(code).toBe(2)
    expect(stderr).toContain(`cannot be served on port ${port}`)
  })

  it('is no round by hand', async () => {
    const { code, stderr } = await new Project(FILES).assay(['watch-round'])
    expect(code).toBe(2)
    expect(stderr).toContain('not run by hand')
  })
})
