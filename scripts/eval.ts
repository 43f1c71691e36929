/**
 * `npm run eval -- NAME… [options]`: runs suites of `suites/` by their names: `sentiment` (the default) is `suites/sentiment/suite.yaml`,
 * `sentiment.bedrock` is `suites/sentiment/suite.bedrock.yaml`, `all` is every one that needs no key. The options are those of
 * `assay run`, and so is the exit code.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { didYouMean } from '../harness/model/suggest.ts'

const ROOT = join(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'suites')
const DEFAULT = 'sentiment'

const args = process.argv.slice(2)
const firstOption = args.findIndex((arg) => arg.startsWith('-'))
const given = firstOption === -1 ? args : args.slice(0, firstOption)
const options = firstOption === -1 ? [] : args.slice(firstOption)
const isHelp = options.includes('--help') || options.includes('-h')
const names =
  given.length > 0 ? given.flatMap((name) => (name === 'all' ? all().filter(needsNoKey) : name)) : [DEFAULT]

const missing = names.find((name) => !all().includes(name))
if (isHelp) {
  console.log(`npm run eval -- NAME… [options of \`assay run\`]

Suites: ${own().join(', ')}
        and their variants (${variants().join(', ')}); \`all\` runs every one that needs no key.

Examples:
  npm run eval
  npm run eval -- legal-analyzer --sample 10
  npm run eval -- injection consistency`)
} else if (missing !== undefined) {
  console.error(`error: there is no suite ${missing} in suites/`)
  console.error(`hint: ${didYouMean(missing, all()) ?? `there are ${all().join(', ')}`}`)
  process.exitCode = 2
} else {
  const files = names.map((name) => relative(process.cwd(), fileOf(name)))
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', '--', join(ROOT, 'bin/assay.mjs'), 'run', ...files, ...options],
    { stdio: 'inherit' },
  )
  // It gets the terminal's Ctrl-C itself, and ends its run.
  process.on('SIGINT', () => {})
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}

/** `sentiment.bedrock` → `suites/sentiment/suite.bedrock.yaml` */
function fileOf(name: string): string {
  const [folder = '', ...variant] = name.split('.')
  return join(FOLDER, folder, ['suite', ...variant, 'yaml'].join('.'))
}

function own(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(fileOf(name)))
    .toSorted()
}

function variants(): string[] {
  return own().flatMap((folder) =>
    readdirSync(join(FOLDER, folder)).flatMap((file) => {
      const [, variant] = /^suite\.(.+)\.yaml$/.exec(file) ?? []
      return variant === undefined ? [] : [`${folder}.${variant}`]
    }),
  )
}

/** All its models are simulated ones. */
function needsNoKey(name: string): boolean {
  return readFileSync(fileOf(name), 'utf8').includes('providers/simulated/')
}

function all(): string[] {
  return [...own(), ...variants()]
}
