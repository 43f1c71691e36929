import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openFile, openersFor } from '../../scripts/open-file.ts'

const root = mkdtempSync(join(tmpdir(), 'assay-open-'))
afterAll(() => rmSync(root, { recursive: true }))

let bin = ''
let made = 0
beforeEach(() => {
  bin = join(root, `bin ${made++}`)
  mkdirSync(bin)
})

/** A program that notes what it was called with, a line an argument, and ends like this. */
function program(name: string, end = 'exit 0'): void {
  const file = join(bin, name)
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" > '${join(bin, `${name}.called`)}'\n${end}\n`)
  chmodSync(file, 0o755)
}

function calledWith(name: string): string[] | undefined {
  const file = join(bin, `${name}.called`)
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : undefined
}

/** Only what a test made is on the path, and a shell. */
function env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: `${bin}:/bin:/usr/bin`, ...more }
}

const PAGE = `/runs/a b/it's $(touch x); "odd" & %PATH%/report.html`

describe('openFile', () => {
  it('hands the page to the opener of the system as it is: no shell reads its name', async () => {
    program('xdg-open')
    expect(await openFile(PAGE, env(), 'linux')).toBe(true)
    expect(calledWith('xdg-open')).toEqual([PAGE])
  })

  it('takes what BROWSER names before that, with its arguments, or with the page where it says so', async () => {
    for (const name of ['xdg-open', 'first', 'second']) program(name)
    expect(await openFile(PAGE, env({ BROWSER: 'first --new-window' }), 'linux')).toBe(true)
    expect(calledWith('first')).toEqual(['--new-window', PAGE])
    expect(await openFile(PAGE, env({ BROWSER: 'second --url=%s --end' }), 'linux')).toBe(true)
    expect(calledWith('second')).toEqual([`--url=${PAGE}`, '--end'])
    expect(calledWith('xdg-open')).toBeUndefined()
  })

  it('takes a program of BROWSER whose path holds a space', async () => {
    program('browser')
    expect(await openFile(PAGE, env({ BROWSER: join(bin, 'browser') }), 'linux')).toBe(true)
    expect(calledWith('browser')).toEqual([PAGE])
  })

  it('goes on to the next where one is missing or fails', async () => {
    program('broken', 'exit 3')
    program('xdg-open')
    expect(await openFile(PAGE, env({ BROWSER: 'missing:broken:' }), 'linux')).toBe(true)
    expect(calledWith('broken')).toEqual([PAGE])
    expect(calledWith('xdg-open')).toEqual([PAGE])
  })

  it('says so where none took the page', async () => {
    const nowhere = { PATH: bin }
    expect(await openFile(PAGE, nowhere, 'linux')).toBe(false)
    expect(await openFile(PAGE, nowhere, 'darwin')).toBe(false)
    program('xdg-open', 'exit 4')
    expect(await openFile(PAGE, env(), 'linux')).toBe(false)
  })

  it('opens nothing where BROWSER is none', async () => {
    program('xdg-open')
    expect(await openFile(PAGE, env({ BROWSER: 'none' }), 'linux')).toBe(false)
    expect(calledWith('xdg-open')).toBeUndefined()
  })

  it('leaves a browser alone that stays', async () => {
    program('stays', `sleep 30 & echo $! > '${join(bin, 'pid')}'; wait`)
    expect(await openFile(PAGE, env({ BROWSER: 'stays' }), 'linux')).toBe(true)
    const pid = Number(readFileSync(join(bin, 'pid'), 'utf8'))
    await sleep(50)
    expect(() => process.kill(pid, 0)).not.toThrow()
    process.kill(pid)
  })

  it('tells Windows its own name for a file, from Linux inside it', async () => {
    program('wslview', 'exit 1')
    program('explorer.exe', 'exit 1')
    program('wslpath', String.raw`printf '%s\n' 'C:\a b\report.html'`)
    const file = join(bin, 'report.html')
    writeFileSync(file, '')
    expect(await openFile(file, env({ WSL_DISTRO_NAME: 'Debian' }), 'linux')).toBe(true)
    expect(calledWith('wslview')).toEqual([file])
    expect(calledWith('explorer.exe')).toEqual([String.raw`C:\a b\report.html`])
  })
})

describe('what is tried', () => {
  it.each([
    ['darwin', {}, ['open']],
    [
      'win32',
      { ComSpec: String.raw`C:\Windows\system32\cmd.exe` },
      [String.raw`C:\Windows\system32\cmd.exe`],
    ],
    ['win32', { BROWSER: String.raw`C:\x.exe;other` }, [String.raw`C:\x.exe`, 'other', 'cmd.exe']],
    ['freebsd', {}, ['xdg-open']],
    ['linux', { WSL_INTEROP: '/run/x' }, ['wslview', 'explorer.exe', 'xdg-open']],
  ] as const)('on %s with %j: %j', (platform, given, commands) => {
    expect(openersFor('http://127.0.0.1:1/?a&b', given, platform).map(({ command }) => command)).toEqual(
      commands,
    )
  })

  it('on Windows has the page in quotes, where an ampersand ends no command', () => {
    expect(openersFor('http://127.0.0.1:1/?a&b', {}, 'win32')).toEqual([
      { command: 'cmd.exe', args: ['/c', 'start', '""', '"http://127.0.0.1:1/?a&b"'], verbatim: true },
    ])
  })
})
