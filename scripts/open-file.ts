import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

type Env = Readonly<Record<string, string | undefined>>

/** A program that shows a page, and what it is called with. No shell takes part. */
export interface Opener {
  readonly command: string
  readonly args: readonly string[]
  /** On Windows: the arguments are quoted already, as `cmd` wants them. */
  readonly verbatim?: boolean
  /** True for one whose exit code says nothing. */
  readonly endsAnyhow?: boolean
}

/** An opener that is still there after so many ms has the page: some stay for as long as it is shown. */
const GRACE_MS = 1500

/**
 * Shows a page in the browser: what `BROWSER` names, else the system's own choice. It lives on when this process ends.
 * @param target path of a file, or an address
 * @returns false where nothing took it, as on a server
 */
export async function openFile(target: string, env: Env, platform = process.platform): Promise<boolean> {
  if (env['BROWSER']?.trim() === 'none') return false
  const outside = isWsl(env) && existsSync(target) ? await windowsPath(target, env) : target
  for (const opener of openersFor(target, env, platform, outside)) if (await starts(opener, env)) return true
  return false
}

/**
 * What is tried, in this order.
 * @param outside what the target is called where Windows has Linux inside it
 */
export function openersFor(
  target: string,
  env: Env,
  platform: NodeJS.Platform,
  outside: string = target,
): Opener[] {
  return [...chosenByUser(target, env, platform), ...ofSystem(target, env, platform, outside)]
}

/** `BROWSER` as other tools read it: commands between colons, with `%s` where the page is to stand. */
function chosenByUser(target: string, { BROWSER = '' }: Env, platform: NodeJS.Platform): Opener[] {
  const entries = BROWSER.split(platform === 'win32' ? ';' : ':').map((entry) => entry.trim())
  return entries
    .filter((entry) => entry !== '')
    .map((entry): Opener => {
      // A path may hold spaces, which else part a command from its arguments.
      const [command = '', ...args] = existsSync(entry) ? [entry] : entry.split(/\s+/)
      const isPlaced = args.some((arg) => arg.includes('%s'))
      return {
        command,
        args: isPlaced ? args.map((arg) => arg.replaceAll('%s', () => target)) : [...args, target],
      }
    })
}

function ofSystem(target: string, env: Env, platform: NodeJS.Platform, outside: string): Opener[] {
  if (platform === 'darwin') return [{ command: 'open', args: [target] }]
  if (platform === 'win32') {
    // The first argument of `start` is a window's title.
    const args = ['/c', 'start', '""', `"${target}"`]
    return [{ command: env['ComSpec'] ?? 'cmd.exe', args, verbatim: true }]
  }
  const linux = { command: 'xdg-open', args: [target] }
  if (!isWsl(env)) return [linux]
  return [
    { command: 'wslview', args: [target] },
    { command: 'explorer.exe', args: [outside], endsAnyhow: true },
    linux,
  ]
}

/** Linux inside Windows: the browser is outside. */
function isWsl(env: Env): boolean {
  return env['WSL_DISTRO_NAME'] !== undefined || env['WSL_INTEROP'] !== undefined
}

async function windowsPath(file: string, env: Env): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('wslpath', ['-w', file], { env: { ...env } })
    return stdout.trim()
  } catch {
    return file
  }
}

function starts({ command, args, verbatim = false, endsAnyhow = false }: Opener, env: Env): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      env: { ...env },
      detached: true,
      stdio: 'ignore',
      windowsVerbatimArguments: verbatim,
    })
    const grace = setTimeout(() => end(true), GRACE_MS)
    const end = (isOpen: boolean): void => {
      clearTimeout(grace)
      child.unref()
      done(isOpen)
    }
    child.on('error', () => end(false))
    child.on('exit', (code) => end(code === 0 || endsAnyhow))
  })
}
