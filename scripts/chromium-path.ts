import { execFile } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const ROOT = resolve(import.meta.dirname, '..')
const PACKAGE = '@sparticuz/chromium'
/** A browser that asks the network for nothing of its own. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/**
 * A Chromium for tests and measurements: the system's, else the one that comes with the packages, unpacked once into `.cache/`.
 * The package unpacks in place, where another process may take half a browser for a whole one; so it does that elsewhere first.
 */
export async function chromiumPath(): Promise<string> {
  const system = systemChromium()
  if (system !== undefined) return system
  const { version } = JSON.parse(
    readFileSync(join(ROOT, 'node_modules', PACKAGE, 'package.json'), 'utf8'),
  ) as { version: string }
  const place = join(ROOT, '.cache', `chromium-${version}`)
  const binary = join(place, 'chromium')
  if (existsSync(binary)) return binary
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  const staged = mkdtempSync(`${place}-`)
  try {
    const unpack = `import chromium from '${PACKAGE}'; await chromium.executablePath()`
    const env = { ...process.env, TMPDIR: staged }
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], { cwd: ROOT, env })
    // Where another process was first, its copy is as good.
    if (!existsSync(binary)) renameSync(staged, place)
  } catch (error) {
    if (!existsSync(binary)) throw error
  } finally {
    rmSync(staged, { recursive: true, force: true })
  }
  return binary
}

function systemChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
