import { extname } from 'node:path'
import type { HarnessError } from '../model/errors.ts'
import type { ProviderSpec } from '../model/suite.ts'
import type { SourceLocation } from '../model/source.ts'
import { formatLocation } from '../model/source.ts'
import { atPlace } from './config/at-place.ts'
import { isKnownProviderId, suggestProviderId } from './config/catalog.ts'
import { fail } from './config/fail.ts'
import { parseYamlFile } from './config/parse-yaml.ts'
import { locate } from './config/positions.ts'
import { renderEnv } from './config/render-env.ts'
import { validateProvider } from './config/schema/validate.ts'
import type { Env } from './env-flag.ts'
import { loadExternalValues } from './external-values.ts'
import type { Reading } from './reading.ts'
import { resolveFile } from './reading.ts'
import { servingOf, shareFileAccounts } from './serving.ts'
import { isCodeFile } from './user-code.ts'

/** A provider entry, as options: `written` before `{{env.X}}` was resolved. */
interface Entry {
  readonly isBare?: boolean
  readonly options: Options
  readonly written: Options
  readonly at: SourceLocation
}

interface Options {
  readonly id: string
  readonly label?: string
  readonly config?: Record<string, unknown>
  readonly env?: Record<string, string>
  readonly prompts?: string[]
  readonly delay?: number
  readonly transform?: unknown
}

/**
 * The providers of a suite, in order: ids, options, `{id: options}`, and `file://x.yaml` with one or several of them.
 * @param providers with env resolved; `asWritten` is the same without
 * @param delay milliseconds between calls where a provider has none of its own
 * @throws HarnessError `suite` for an unknown id, a missing file, or two providers with one key
 */
export function readProviders(
  providers: unknown,
  asWritten: unknown,
  delay: number | undefined,
  reading: Reading,
): ProviderSpec[] {
  const start = { file: reading.file, line: 1 }
  const list = Array.isArray(providers) ? (providers as unknown[]) : [providers]
  const writtenList = Array.isArray(asWritten) ? (asWritten as unknown[]) : [asWritten]
  const entries = list.flatMap((entry, index) =>
    readEntry(entry, writtenList[index] ?? entry, locate(list, index) ?? start, reading),
  )
  const filters = promptFilters(entries)
  const specs = entries.map((entry) => toSpec(entry, { delay, filters }, reading))
  const places = new Map<string, SourceLocation>()
  for (const { key, at } of specs) {
    const first = places.get(key)
    if (first !== undefined)
      throw fail(
        'suite',
        `two providers have the key \`${key}\`: the other one is at ${formatLocation(first)}`,
        at,
        'give each of them its own `label`',
      )
    places.set(key, at)
  }
  return shareFileAccounts(specs, reading.root)
}

function readEntry(entry: unknown, written: unknown, at: SourceLocation, reading: Reading): Entry[] {
  if (typeof entry === 'string') {
    if (isProviderList(entry)) return readProviderList(entry, at, reading)
    return [{ isBare: true, options: { id: entry }, written: { id: String(written) }, at }]
  }
  return [{ options: asOptions(entry), written: asOptions(written), at }]
}

/** `{id: x, …}` as it is, `{x: {…}}` with `x` as its id. */
function asOptions(entry: unknown): Options {
  const map = entry as Record<string, unknown>
  if (typeof map['id'] === 'string') return entry as Options
  const [id = '', options] = Object.entries(map)[0] ?? []
  return { ...(options as Options), id: (options as { id?: string }).id ?? id }
}

function isProviderList(id: string): boolean {
  return id.startsWith('file://') && ['.yaml', '.yml', '.json'].includes(extname(id))
}

function readProviderList(ref: string, at: SourceLocation, reading: Reading): Entry[] {
  const file = resolveFile(reading, ref, at)
  const parsed = parseYamlFile(file, reading.ledger.readText(file, at))
  const content = loadExternalValues(parsed, reading, { file, line: 1 })
  const written: unknown[] = Array.isArray(content) ? content : [content]
  return written.map((provider, index) => {
    const place = locate(written, index) ??
      (provider === parsed && typeof parsed === 'object' && parsed !== null ? locate(parsed) : undefined) ?? {
        file,
        line: 1,
      }
    const options = asOptions(validateProvider(provider, place))
    return { options: renderEnv(options, reading.env), written: options, at: place }
  })
}

/**
 * promptfoo knows a provider's `prompts` filter by its id and by its label, and asks for it by label, else id: of several with
 * one id, the last decides for those without a label.
 */
function promptFilters(entries: readonly Entry[]): Map<string, string[] | undefined> {
  const filters = new Map<string, string[] | undefined>()
  for (const { isBare, options } of entries) {
    if (isBare === true) continue
    filters.set(options.id, options.prompts)
    if (options.label) filters.set(options.label, options.prompts)
  }
  return filters
}

interface Shared {
  readonly delay: number | undefined
  readonly filters: ReadonlyMap<string, string[] | undefined>
}

function toSpec({ options, written, at }: Entry, { delay, filters }: Shared, reading: Reading): ProviderSpec {
  const { id, label, config, env, transform } = withOwnEnv(options, reading.env)
  const isFile = id.startsWith('file://') || isCodeFile(id)
  const path = isFile && isKnownProviderId(id) ? resolveFile(reading, id, at) : undefined
  const serving = atPlace({ config, at }, () => servingOf({ id, written: written.id, path, config }, reading))
  if (serving.kind === 'promptfoo' && !isKnownProviderId(id)) throw unknownProvider(id, at, reading)
  if (path !== undefined) reading.ledger.digest(path, at)
  return {
    key: label || written.id,
    id: written.id,
    path,
    label: label || undefined,
    config,
    configAsWritten: written.config,
    env,
    prompts: promptFilter(options, filters, at, reading),
    delay: options.delay ?? delay,
    transform,
    ...serving,
    at,
  }
}

function unknownProvider(id: string, at: SourceLocation, { builtin }: Reading): HarnessError {
  const known = suggestProviderId(id, id.includes(':') ? [] : builtin?.classes)
  const hint =
    known === undefined
      ? 'name a provider of your own by its file: `file://provider.ts`'
      : `did you mean \`${known}\`?`
  return fail('suite', `unknown provider \`${id}\``, at, hint)
}

function promptFilter(
  { id, label, prompts }: Options,
  filters: Shared['filters'],
  at: SourceLocation,
  reading: Reading,
): string[] | undefined {
  const filter = filters.get(label || id)
  if (filter !== prompts)
    reading.warn(
      `as under promptfoo, \`${label || id}\` gets the \`prompts\` filter of another provider with its id: give it a label`,
      at,
    )
  return filter
}

/** A provider's own `env` counts in its config, too. */
function withOwnEnv(options: Options, env: Env): Options {
  return options.env === undefined ? options : renderEnv(options, { ...env, ...options.env })
}
