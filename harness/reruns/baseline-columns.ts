import { existsSync } from 'node:fs'
import type { ArmColumn } from '../analyze/paired/arm.ts'
import type { OpenedBaseline } from '../baseline/open-baseline.ts'
import type { Column } from '../model/cell.ts'
import type { ColumnName } from '../model/comparison.ts'
import { columnName, isSameColumn } from '../model/comparison.ts'
import { HarnessError } from '../model/errors.ts'
import type { Prompt } from '../model/prompt.ts'
import type { Manifest } from '../model/run.ts'
import type { ProviderSpec, Suite } from '../model/suite.ts'
import { suiteRedactor } from '../record/suite-redactor.ts'
import { canonicalJson } from '../suite/cases/identity.ts'
import { resolveInside } from '../suite/config/paths.ts'
import { renderEnv } from '../suite/config/render-env.ts'
import type { Serving } from '../suite/serving.ts'
import { servingOf } from '../suite/serving.ts'

/** What tells a baseline's column from the run's own: part of its name. */
const SUFFIX = '@baseline'

/** A column of a baseline that can be run again. */
export interface BaselineColumn {
  readonly prompt: Prompt
  readonly provider: ProviderSpec
  /** What of it is not as it was: one sentence. */
  readonly warning?: string
}

interface BaselineColumnOptions {
  readonly baseline: OpenedBaseline
  readonly suite: Suite
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * A column of a baseline as it was then, from what is on record of it, to be run by the suite as it stands now. Whatever is the
 * same is the suite's own: labels (by which cases choose their columns), functions, secrets, and a provider's code.
 * @param like the column of the run that it is paired with
 * @returns a sentence instead, where it cannot be run any more
 */
export function baselineColumn(
  name: ColumnName,
  like: Column,
  { baseline, suite, env }: BaselineColumnOptions,
): BaselineColumn | string {
  const recorded = baseline.arm.columns.find((column) => isSameColumn(column, name))
  const key = `${name.prompt}${SUFFIX}`
  if (recorded === undefined) return `the baseline has no column ${columnName(name)}`
  if (recorded.hash === like.hash) return { prompt: { ...like.prompt, key }, provider: like.provider }

  const redact = suiteRedactor(suite, env)
  const manifest = baseline.record?.manifest
  const template = manifest?.prompts.find((each) => each.key === name.prompt)
  const prompt = template === undefined ? undefined : promptThen(template, like.prompt, redact)
  if (prompt === undefined) return `what the prompt ${name.prompt} said in the baseline is not on record`
  if (typeof prompt === 'string') return prompt
  const provider = providerThen(recorded, like.provider, { suite, env, redact, name })
  if (typeof provider === 'string') return provider
  const sameCode = provider.key === like.provider.key && provider.path !== undefined
  const isSamePrompt = prompt.raw === like.prompt.raw && isEqual(prompt.config, like.prompt.config)
  return {
    prompt: { ...prompt, key },
    provider,
    // Its content differs, and neither its prompt nor its settings do.
    ...(sameCode &&
      isSamePrompt && {
        warning: `the code of ${name.provider} is another now: the baseline's prompts were run on it as it is`,
      }),
  }
}

type Redact = (json: string) => string

/** The prompt as it was; the suite's own where that is the same. */
function promptThen(template: Manifest['prompts'][number], now: Prompt, redact: Redact): Prompt | string {
  const asRecorded = JSON.parse(redact(JSON.stringify({ raw: now.raw, config: now.config }))) as typeof now
  const { raw, config } = template
  if (raw === asRecorded.raw && isEqual(config, asRecorded.config)) return now
  if (template.function === true || (template.function === undefined && now.function !== undefined))
    return `the prompt ${template.key} is made by code that is another now, and the old code is not on record`
  if (isRedacted([raw, config])) return `the prompt ${template.key} held a secret, which is not on record`
  const { function: code, ...rest } = now
  void code
  return { ...rest, raw, config: config as Prompt['config'] }
}

interface Around {
  readonly suite: Suite
  readonly env: BaselineColumnOptions['env']
  readonly redact: Redact
  readonly name: ColumnName
}

function providerThen(
  { providerId: id, config, model }: ArmColumn,
  now: ProviderSpec,
  { suite, env, redact, name }: Around,
): ProviderSpec | string {
  if (id === undefined) return `which model ${name.provider} was in the baseline is not on record`
  const asRecorded: unknown = JSON.parse(redact(JSON.stringify(now.configAsWritten ?? null)))
  if (id === now.id && model === now.model && isEqual(config, asRecorded)) return now
  if (isRedacted(config)) return `the settings of ${name.provider} held a secret, which is not on record`
  const path = pathOf(id, now, suite)
  if (path === null) return `${id}, which the baseline asked, is not there any more`
  const configAsWritten = config as ProviderSpec['configAsWritten']
  const around = { ...env, ...suite.env, ...now.env }
  const rendered = renderEnv(configAsWritten, around)
  const serving = servingThen({ id, env: around, path, config: rendered, model }, suite)
  if (serving === undefined) return `${id}, which the baseline asked, is not known any more`
  const { path: ownPath, model: ownModel, ...rest } = now
  void [ownPath, ownModel]
  return {
    ...rest,
    key: `${name.provider}${SUFFIX}`,
    id,
    ...(path !== undefined && { path }),
    ...serving,
    // Columns of one account walk the cases together. A model that is gone must not take the other arm's account with it.
    account: serving.kind === 'builtin' ? serving.account : now.account,
    config: rendered,
    configAsWritten,
  }
}

interface Then {
  readonly id: string
  readonly env: Around['env']
  readonly path: string | undefined
  readonly config: ProviderSpec['config']
  readonly model: string | undefined
}

/** How it is served, its class of models as it stood then; undefined for a class that is gone. */
function servingThen({ id, env, path, config, model }: Then, suite: Suite): Serving | undefined {
  try {
    const [scheme, ...rest] = model?.split(':') ?? []
    const meant = path === undefined ? (model ?? renderEnv(id, env)) : id
    const settings =
      path === undefined || scheme === undefined ? config : { ...config, model: rest.join(':') }
    const serving = servingOf({ id: meant, written: model ?? id, path, config: settings }, suite)
    return { ...serving, ...(model !== undefined && { model }) }
  } catch (error) {
    if (error instanceof HarnessError) return undefined
    throw error
  }
}

/** Null for a file that is not there; undefined where the provider is none. */
function pathOf(id: string, now: ProviderSpec, suite: Suite): string | undefined | null {
  if (id === now.id) return now.path
  if (!id.startsWith('file://')) return undefined
  try {
    const path = resolveInside(suite.root, suite.dir, id, undefined, suite.allowOutside ?? false)
    return existsSync(path) ? path : null
  } catch (error) {
    if (error instanceof HarnessError) return null
    throw error
  }
}

function isRedacted(value: unknown): boolean {
  return (JSON.stringify(value) ?? '').includes('[redacted:')
}

function isEqual(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null)
}
