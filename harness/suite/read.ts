import { dirname, resolve } from 'node:path'
import type { Builtin } from '../model/builtin.ts'
import type { Suite } from '../model/suite.ts'
import type { Conceal } from '../record/known-secrets.ts'
import { secretsInProviders } from '../record/secrets.ts'
import { suiteRedactor } from '../record/suite-redactor.ts'
import { walkCases } from './cases.ts'
import { CaseBuilder } from './cases/build-cases.ts'
import { readDefaults } from './cases/defaults.ts'
import { readScenarios } from './cases/scenarios.ts'
import type { SuiteConfig } from './config/read-config.ts'
import { readConfig } from './config/read-config.ts'
import { locate } from './config/positions.ts'
import type { Env } from './env-flag.ts'
import { FileLedger } from './file-ledger.ts'
import { readFilters } from './filters.ts'
import { checkCluster } from './cluster-keys.ts'
import { checkMetrics } from './metric-names.ts'
import { readPrices } from './prices.ts'
import { readPrompts } from './prompts.ts'
import { readProviders } from './providers.ts'
import type { Reading } from './reading.ts'
import { warningCollector } from './reading.ts'
import { withRecordedKeys } from './recorded-names.ts'
import { readsConversation } from './serial.ts'
import { checkMustPass, checkSettings } from './settings.ts'
import { createTemplates } from './templates.ts'
import { readTestSources } from './tests.ts'
import { validateCases } from './validate.ts'

export interface ReadOptions {
  /** The process environment. */
  readonly env: Env
  /** Lets `file://` leave the project root. */
  readonly allowOutside?: boolean | undefined
  /** What a relative path of the suite starts from. */
  readonly cwd: string
  /** The providers that come with assay; without them every id is promptfoo's. */
  readonly builtin?: Builtin | undefined
  /** Told what of the suite must not be printed. */
  readonly conceal?: Conceal | undefined
}

/**
 * Reads a promptfoo suite and everything it names, and walks its cases once: what this returns can be run. Datasets are streamed,
 * on this walk and on every later one.
 * @throws HarnessError `usage` for a suite that is not there, `empty` for one without cases, `suite` for any other mistake
 */
export async function readSuite(
  file: string,
  { env, allowOutside = false, cwd, builtin, conceal }: ReadOptions,
): Promise<Suite> {
  const config = await readConfig(resolve(cwd, file), { env, allowOutside, conceal })
  const { document } = config
  const { warn, warnings } = warningCollector()
  for (const { message, at } of config.warnings) warn(message, at)
  const bare = startReading(config, { namedDir: dirname(file), env, allowOutside, builtin, cwd, warn })
  const filters = await readFilters(document, bare)
  const templates = createTemplates({ env, suiteEnv: config.env, filters, includeDir: cwd })
  const reading: Reading = { ...bare, templates }

  const { commandLineOptions, evaluateOptions, assay = {} } = document
  const delay = commandLineOptions?.delay ?? evaluateOptions?.delay
  const writtenPrompts = await readPrompts(document, reading)
  const written = readProviders(document.providers, config.providersAsWritten, delay, reading)
  // Those of providers in files of their own, too.
  const secrets = secretsInProviders(written, { ...config.secrets })
  conceal?.({ secrets })
  const redact = suiteRedactor({ env: config.env, secrets, providers: written, assay }, env)
  const prompts = withRecordedKeys(writtenPrompts, redact)
  const providers = withRecordedKeys(written, redact)
  checkSettings(assay, { prompts, providers, templates }, warn)
  const prices = readPrices(assay, reading)
  const defaults = readDefaults(document, reading)
  const sources = [
    ...(await readTestSources(
      document.tests,
      locate(document, 'tests') ?? { file: config.file, line: 1 },
      reading,
    )),
    ...(await readScenarios(document, defaults, reading)),
  ]
  const repeat = assay.repeat ?? commandLineOptions?.repeat ?? evaluateOptions?.repeat ?? 1
  const builder = new CaseBuilder({ defaults, repeat, reading: { ...reading, redact } })
  const cases = (): ReturnType<typeof walkCases> => walkCases(sources, builder)
  const derivedMetrics = document.derivedMetrics ?? []
  const { counts, storesOutput, tags, metrics, clusters } = await validateCases(
    { file: config.file, dir: config.dir, prompts, providers, derivedMetrics, cluster: assay.cluster, cases },
    warn,
  )
  checkMustPass(assay, tags)
  checkMetrics(assay, metrics)
  checkCluster(assay, clusters)

  return {
    name: config.name,
    file: config.file,
    dir: config.dir,
    root: config.root,
    description: document.description,
    prompts,
    providers,
    cases,
    derivedMetrics,
    extensions: document.extensions ?? [],
    nunjucksFilters: filters,
    env: config.env,
    secrets,
    maxConcurrency:
      (delay ?? 0) > 0 ? 1 : (commandLineOptions?.maxConcurrency ?? evaluateOptions?.maxConcurrency),
    assay,
    prices,
    serial: storesOutput || readsConversation(prompts),
    hash: reading.ledger.hash(),
    files: reading.ledger.entries(),
    warnings,
    allowOutside,
    builtin,
    counts,
    templates,
    defaultTest: defaults.test,
  }
}

interface Start {
  readonly namedDir: string
  readonly env: Env
  readonly allowOutside: boolean
  readonly builtin: Builtin | undefined
  readonly cwd: string
  readonly warn: Reading['warn']
}

function startReading(
  config: SuiteConfig,
  { namedDir, env, allowOutside, builtin, cwd, warn }: Start,
): Reading {
  const ledger = new FileLedger(config.root)
  for (const [path, text] of config.texts) ledger.record(path, text)
  return {
    file: config.file,
    dir: config.dir,
    namedDir,
    root: config.root,
    allowOutside,
    builtin,
    env: { ...env, ...config.env },
    ledger,
    templates: createTemplates({ env, suiteEnv: config.env, includeDir: cwd }),
    warn,
  }
}
