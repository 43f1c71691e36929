import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { Pulse } from '../../../harness/execute/watchdog-pulse.ts'
import { readJournal } from '../../../harness/record/read-journal.ts'

const REPO = path.resolve('.')

/** User code, each line of which blocks the thread in its own way. */
const CHECKS = `
export function loops(text: string): boolean {
  for (let n = 0; ; n++) if (n < 0) return text === ''
}
export const backtracks = (): boolean => /^(a+)+$/.test('a'.repeat(60) + '!')
import { spin } from 'a-library'
export const callsLibrary = (): void => spin()
export const inline = (): void => new Function('for (;;);')()
import { execSync } from 'node:child_process'
export const waitsForChild = (): void => void execSync('sleep 60')
`

let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'assay-watchdog-'))
  await mkdir(path.join(dir, 'assertions'))
  await mkdir(path.join(dir, 'node_modules/a-library'), { recursive: true })
  await writeFile(path.join(dir, 'assertions/check.ts'), CHECKS)
  await writeFile(path.join(dir, 'node_modules/a-library/index.js'), 'exports.spin = () => { for (;;); }')
})

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
}

/** Runs code in a process of its own, with a watchdog of `limitMs`. */
async function run(limitMs: number, body: string): Promise<Ended> {
  const script = path.join(dir, 'main.ts')
  await writeFile(
    script,
    `import { setTimeout as sleep } from 'node:timers/promises'
     import { startWatchdog } from ${JSON.stringify(path.join(REPO, 'harness/execute/watchdog.ts'))}
     import * as check from './assertions/check.ts'
     const watchdog = startWatchdog({ limitMs: ${limitMs} })
     const block = (ms: number) => { const end = performance.now() + ms; while (performance.now() < end); }
     process.on('exit', () => console.log('exit handler'))
     ${body}`,
  )
  const child = spawn(process.execPath, [script], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, out, err }))
  })
}

describe('user code that blocks the thread', () => {
  it.each([
    ['an endless loop', 'loops("x")', 'assertions/check.ts:3'],
    ['a regular expression that backtracks', 'backtracks()', 'assertions/check.ts:5'],
    ['a library it calls', 'callsLibrary()', 'assertions/check.ts:7'],
    ['inline code', 'inline()', 'inline code'],
  ])('is named, and ends the process with exit code 3: %s', async (_, call, place) => {
    const { code, out, err } = await run(
      600,
      `await sleep(200)
       watchdog.enter('checking case c-17')
       check.${call}`,
    )
    expect(err).toBe(
      `\nerror: ${place} has blocked the event loop for 0.6 s while checking case c-17\n` +
        'hint: Nothing else could run meanwhile. Make the code faster, or asynchronous. What was recorded is kept: `assay resume` on the run folder goes on.\n',
    )
    expect(code).toBe(3)
    expect(out).toBe('')
  })

  it('is killed where it cannot be interrupted, and that is said', async () => {
    const { signal, err } = await run(600, `watchdog.enter('checking case c-17'); check.waitsForChild()`)
    expect(signal).toBe('SIGKILL')
    expect(err).toContain('outside JavaScript')
    expect(err).toContain('while checking case c-17')
  })

  it('is named by the code around it once the code inside is done', async () => {
    const { err } = await run(
      600,
      `watchdog.enter('around')
       const leave = watchdog.enter('inside')
       leave()
       check.loops('x')`,
    )
    expect(err).toContain('while around\n')
  })

  it('loses no line that the journal has acknowledged', async () => {
    const file = path.join(dir, 'trials.jsonl')
    const { code } = await run(
      600,
      `const { openJournal } = await import(${JSON.stringify(path.join(REPO, 'harness/record/journal.ts'))})
       const journal = await openJournal(${JSON.stringify(file)}, { redact: (json: string) => json })
       await Promise.all(['a', 'b', 'c'].map((cellId) => journal.write({ v: 1, kind: 'call', cellId } as never)))
       check.loops('x')`,
    )
    expect(code).toBe(3)
    expect(await Array.fromAsync(readJournal(file))).toHaveLength(3)
  })
})

describe('a healthy run', () => {
  it('may take longer than the limit, and block the thread for a while again and again', async () => {
    const { code, out, err } = await run(
      1500,
      `for (let n = 0; n < 6; n++) {
         const leave = watchdog.enter('checking case ' + n)
         block(400)
         leave()
         await sleep(150)
       }
       console.log('done')`,
    )
    expect({ code, out, err }).toEqual({ code: 0, out: 'done\nexit handler\n', err: '' })
  })

  it('is no longer watched after it was stopped', async () => {
    const { code, out } = await run(600, `watchdog.stop(); block(2000); console.log('done')`)
    expect({ code, out }).toEqual({ code: 0, out: 'done\nexit handler\n' })
  })

  it('is not kept alive by its watchdog', async () => {
    expect((await run(30_000, '')).code).toBe(0)
  })
})

describe('the name of what runs', () => {
  it('is read from the memory two threads share', () => {
    const pulse = new Pulse()
    pulse.name('checking case größe')
    expect(new Pulse(pulse.memory).running).toBe('checking case größe')
    pulse.name('')
    expect(new Pulse(pulse.memory).running).toBe('')
  })

  it('is cut where there is no more room, between two characters', () => {
    const pulse = new Pulse()
    pulse.name(`a${'€'.repeat(1000)}`)
    expect(pulse.running).toMatch(/^a€{100,}$/u)
  })
})
