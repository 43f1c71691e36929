import { readFileSync, statSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import type { Warning } from '../../model/suite.ts'
import type { Conceal } from '../../record/known-secrets.ts'
import { secretsInSuite } from '../../record/secrets.ts'
import type { Env } from '../env-flag.ts'
import { envFlag } from '../env-flag.ts'
import { settleDates } from './dates.ts'
import { dereference } from './dereference.ts'
import { fail } from './fail.ts'
import { parseYamlFile } from './parse-yaml.ts'
import { nearby, projectRoot } from './paths.ts'
import { locate, locateKey, memberPlaces, rememberMember } from './positions.ts'
import { parametersOf } from './provider-parameters.ts'
import { renderEnv } from './render-env.ts'
import { suiteSchema } from './schema/suite.ts'
import { validate } from './schema/validate.ts'
import type { SuiteDocument } from './suite-document.ts'
import { suiteName } from './suite-name.ts'
import { keysNamedByAliases } from './yaml-builder.ts'

export type * from './suite-document.ts'

/** A suite file that was read and found valid. `locate` knows the place of every part of `document`. */
export interface SuiteConfig {
  /** Absolute. */
  readonly file: string
  readonly dir: string
  /** Project root: see `projectRoot`. */
  readonly root: string
  readonly name: string
  readonly document: SuiteDocument
  /** `providers` (or `targets`) before `{{env.X}}` was resolved: what may be hashed and recorded. */
  readonly providersAsWritten: SuiteDocument['providers']
  /** The suite's `env:`, resolved. */
  readonly env: Record<string, string>
  /** Values in the document that are secret, by the names they are shown by. */
  readonly secrets: Readonly<Record<string, string>>
  /** The suite file and every file a `$ref` named: absolute path → text. */
  readonly texts: ReadonlyMap<string, string>
  readonly warnings: readonly Warning[]
}

type Container = Record<string, unknown>

/**
 * Reads a suite file: YAML or JSON, `$ref`, `{{env.X}}`, then strict validation.
 * @param path absolute
 * @param options.env the process's environment, for `{{env.X}}`
 * @param options.conceal told what of it must not be printed, before anything else of it is
 * @throws HarnessError `usage` for a file that cannot be read, `suite` for the mistakes in it
 */
export async function readConfig(
  path: string,
  options: { readonly env: Env; readonly allowOutside: boolean; readonly conceal?: Conceal | undefined },
): Promise<SuiteConfig> {
  const file = resolve(path)
  const dir = dirname(file)
  const root = projectRoot(dir)
  const text = readSuiteFile(file)
  const texts = new Map([[file, text]])

  const written = requireMap(parseYamlFile(file, text), file)
  const used = new Set(keysNamedByAliases(written))
  dereference(written, file, {
    root,
    allowOutside: options.allowOutside,
    skip: parametersOf(written),
    onFile: (name, content) => texts.set(name, content),
    onKey: (key) => used.add(key),
  })
  dropTemplatesAndBlanks(written, used)
  const warnings = settleDates(written)

  const visible = visibleEnv(options.env)
  const env = readEnv(written, visible)
  const rendered = renderEnv(written, visible && { ...visible, ...env })
  const secrets = secretsInSuite(rendered)
  options.conceal?.({ env, secrets })
  validate(suiteSchema, rendered, { file, line: 1, column: 1 })
  const document = rendered as unknown as SuiteDocument & { targets?: SuiteDocument['providers'] }
  renameTargets(document)
  options.conceal?.({ patterns: document.assay?.redact })
  return {
    file,
    dir,
    root,
    name: suiteName(file),
    document,
    providersAsWritten: (written['providers'] ?? written['targets']) as SuiteDocument['providers'],
    env,
    secrets,
    texts,
    warnings: [...warnings, ...ignoredKeys(document)],
  }
}

function readSuiteFile(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined)
    throw fail('usage', `suite not found: ${file}`, undefined, nearby(file, dirname(file)))
  if (!stats.isFile()) {
    throw fail('usage', `${file} is not a file`, undefined, `name the suite file, such as ${file}/suite.yaml`)
  }
  if (!['.yaml', '.yml', '.json'].includes(extname(file).toLowerCase())) {
    throw fail(
      'usage',
      `a suite is a YAML or JSON file, not ${file}`,
      undefined,
      'write the suite as suite.yaml',
    )
  }
  return readFileSync(file, 'utf8')
}

function requireMap(value: unknown, file: string): Container {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Container
  const at = { file, line: 1, column: 1 }
  const what =
    value === undefined || value === null
      ? 'the suite is empty'
      : 'a suite is a map of keys such as `prompts` and `providers`'
  throw fail('suite', what, at, 'a suite needs prompts, providers and tests')
}

/** Top-level keys that hold parts for `$ref`s and aliases, and say so by their name. */
const TEMPLATE_KEY = /^(?:\$schema|\$defs|definitions|assertionTemplates|x-.*)$/

/** Removes what is no part of the suite itself: parts that are there to be referred to, and keys without a value. */
function dropTemplatesAndBlanks(suite: Container, used: ReadonlySet<string>): void {
  for (const [key, value] of Object.entries(suite)) {
    const isTemplate = TEMPLATE_KEY.test(key) || (used.has(key) && !(key in suiteSchema.shape))
    if (isTemplate || value === null) delete suite[key]
  }
}

/** The environment that templates may see; undefined when promptfoo's switches leave templates alone altogether. */
function visibleEnv(env: Env): Env | undefined {
  if (envFlag(env, 'PROMPTFOO_DISABLE_TEMPLATING')) return undefined
  const hidden = envFlag(env, 'PROMPTFOO_DISABLE_TEMPLATE_ENV_VARS') || envFlag(env, 'PROMPTFOO_SELF_HOSTED')
  return hidden ? {} : env
}

/** The suite's `env:`, whose own templates see only the process's environment. */
function readEnv(suite: Container, processEnv: Env | undefined): Record<string, string> {
  const { env } = suite
  if (typeof env !== 'object' || env === null || Array.isArray(env)) return {}
  const scalars = Object.entries(renderEnv(env, processEnv)).filter(([, value]) => typeof value !== 'object')
  return Object.fromEntries(scalars.map(([key, value]) => [key, String(value)]))
}

function renameTargets(document: SuiteDocument & { targets?: SuiteDocument['providers'] }): void {
  if (document.targets === undefined) return
  document.providers = document.targets
  const places = memberPlaces(document, 'targets')
  if (places !== undefined) rememberMember(document, 'providers', places)
  delete document.targets
}

function ignoredKeys(document: SuiteDocument): Warning[] {
  const warnings: Warning[] = []
  if (document.tracing?.['enabled'] === true) {
    const at = locateKey(document, 'tracing') ?? locate(document)
    warnings.push({ message: '`tracing` is not supported: no traces are recorded', at })
  }
  if (document.outputPath !== undefined) {
    const at = locateKey(document, 'outputPath') ?? locate(document)
    warnings.push({ message: '`outputPath` is ignored: write a report with `--reporter name=file`', at })
  }
  return warnings
}
