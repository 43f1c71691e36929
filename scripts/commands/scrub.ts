import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { HarnessError } from '../../harness/model/errors.ts'
import type { Renderer } from '../../harness/model/report.ts'
import { openRecord } from '../../harness/open-record.ts'
import { openRun } from '../../harness/record/open-run.ts'
import { literalRules, patternRule } from '../../harness/record/redact.ts'
import type { FileHits } from '../../harness/record/scrub/scan-file.ts'
import type { Scrubbed } from '../../harness/record/scrub/scrub.ts'
import { scrub } from '../../harness/record/scrub/scrub.ts'
import type { ScrubRules } from '../../harness/record/scrub/scrubber.ts'
import { secretsInEnv } from '../../harness/record/secrets.ts'
import { withSurroundings } from '../../harness/report-input.ts'
import { rebindReviews } from '../../harness/review/rebind-reviews.ts'
import { counted } from '../../reports/format/figures.ts'
import { renderers } from '../../reports/renderers.ts'
import { loadEnvFiles } from '../env-file.ts'
import type { Io } from '../io.ts'
import { removeKeptReport, shareName, writeKeptReport } from '../kept-report.ts'
import { relativePaths } from '../relative-paths.ts'
import { realWorld } from '../world.ts'

interface ScrubOptions {
  readonly match: readonly string[]
  readonly env: readonly string[]
  readonly envFile: readonly string[]
  readonly yes: boolean
  readonly json: boolean
}

/** Characters; less would be found everywhere. */
const SHORTEST = 4
/** Lines that are printed of a file. */
const LISTED = 20

/**
 * `assay scrub [PATHS…]`: lists what of recorded files is secret, and with `--yes` takes it out. Exits 1 where something is listed, 3
 * where something had to be left.
 */
export async function scrubCommand(io: Io, paths: readonly string[], options: ScrubOptions): Promise<number> {
  loadEnvFiles(io, options.envFile)
  const { yes, json } = options
  const { cacheDir, clock } = realWorld(io)
  const found = await scrub({
    rules: rulesOf(io, options),
    paths,
    cwd: io.cwd,
    cacheDir,
    purge: yes,
    wallClock: clock.wallClock,
    onFile: json ? undefined : (file) => tellFile(io, file),
    onRun: renderAgain,
  })
  if (json) io.out(`${JSON.stringify(asJson(found, yes))}\n`)
  else tellEnd(io, found, yes)
  if (found.skipped.length > 0) return 3
  return found.files.length > 0 && !yes ? 1 : 0
}

function rulesOf(io: Io, { match, env }: ScrubOptions): ScrubRules {
  const values = env.map((name) => [name, valueOf(io, name)] as const)
  // What is looked for is secret from now on, whatever its name.
  io.conceal?.({ secrets: Object.fromEntries(values) })
  const known = { env: io.env, secrets: Object.fromEntries(values) }
  if (match.length === 0 && env.length === 0)
    return { builtIn: true, literals: literalRules(Object.entries(secretsInEnv(io.env))), known }
  return {
    builtIn: false,
    literals: literalRules(values),
    patterns: match.map((source) => patternRule(source, '--match', { inKeys: true })),
    known,
  }
}

function valueOf({ env }: Io, name: string): string {
  const value = env[name]?.trim() ?? ''
  if (value.length >= SHORTEST) return value
  throw new HarnessError(
    'usage',
    value === ''
      ? `--env ${name}: there is no such variable, or it is empty`
      : `--env ${name}: its value is too short to be told from other text`,
    {
      hint:
        value === ''
          ? 'Set it, or name the file that does with --env-file.'
          : `Say what stands around it: --match takes a regular expression.`,
    },
  )
}

/**
 * Reports show what was cut out of longer texts, or set in parts: they are made again from what is on record now. Of a shared one it is
 * not known what it was to show, and it may be in someone's hands: it is removed.
 */
async function renderAgain(dir: string): Promise<void> {
  await rebindReviews(await openRun(dir, dir))
  const loaded = await Promise.all(Object.values(renderers).map((load) => load()))
  const kept = loaded.filter((renderer): renderer is Renderer & { file: string } => renderer.file !== null)
  for (const { file } of kept) await removeKeptReport(join(dir, shareName(file)))
  const record = await openRecord(dir, dir).catch((error: unknown) => {
    // A run that was cut short, or of another version: its reports stay as they were scrubbed.
    if (!(error instanceof HarnessError)) throw error
  })
  if (record === undefined) return
  const input = await withSurroundings(record, () => undefined)
  for (const renderer of kept) {
    const path = join(dir, renderer.file)
    if (existsSync(path)) await writeKeptReport(path, renderer, input)
  }
}

function tellFile(io: Io, { file, count, hits, binary }: FileHits): void {
  const lines = hits
    .slice(0, LISTED)
    .map(
      ({ line, rule, count: times, excerpt }) =>
        `  ${line}: ${rule}${times > 1 ? ` ×${times}` : ''}  ${excerpt}\n`,
    )
  const more = hits.length > LISTED ? `  … and ${counted(hits.length - LISTED, 'more line')}\n` : ''
  const kind = binary ? ', not a text' : ''
  io.out(relativePaths(`${file}: ${counted(count, 'hit')}${kind}\n${lines.join('')}${more}`, io.cwd))
}

function tellEnd(io: Io, { files, looked, purged, skipped }: Scrubbed, yes: boolean): void {
  const hits = files.reduce((sum, { count }) => sum + count, 0)
  for (const { path, why } of skipped)
    io.err(`warning: ${relativePaths(`${path} is left as it is: ${why}`, io.cwd)}\n`)
  if (files.length === 0) io.out(`Nothing was found in ${counted(looked, 'file')}.\n`)
  else if (yes) io.out(`${counted(purged.length, 'file')} of ${looked} changed.\n`)
  else
    io.out(
      `${counted(hits, 'hit')} in ${counted(files.length, 'file')} of ${looked}. Nothing was changed: the same command with --yes takes them out.\n`,
    )
  if (yes && purged.length > 0)
    io.err(
      'hint: replace the secret: whoever saw it has it still, and so has the history of git where a cassette or a baseline was committed\n',
    )
}

function asJson({ files, looked, purged, skipped }: Scrubbed, yes: boolean): object {
  return {
    v: 1,
    mode: yes ? 'purge' : 'list',
    hits: files.reduce((sum, { count }) => sum + count, 0),
    looked,
    files,
    purged,
    skipped,
  }
}
