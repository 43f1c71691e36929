import type { Case } from '../model/case.ts'
import type { Prompt } from '../model/prompt.ts'
import type { ProviderSpec } from '../model/suite.ts'
import { canonicalJson, shortDigest } from '../suite/cases/identity.ts'

/**
 * Options of a test that say how assay runs or checks it; every other one reaches the provider as part of the prompt's config.
 */
const NOT_THE_PROVIDERS = new Set([
  'repeat',
  'transform',
  'postprocess',
  'transformVars',
  'provider',
  'rubricPrompt',
  'disableVarExpansion',
  'disableDefaultAsserts',
  'disableConversationVar',
  'storeOutputAs',
  'runSerially',
])

/**
 * Identity of a column: what the prompt says and what the provider is. Labels and positions are not part of it, and
 * neither is anything that came out of the environment but a class of models.
 * @param fileHash sha256 of the provider's file, for a provider that is a file.
 */
export function columnHash(prompt: Prompt, provider: ProviderSpec, fileHash: string | undefined): string {
  return shortDigest(
    canonicalJson([prompt.raw, prompt.config ?? null, ...providerContent(provider, fileHash)]),
  )
}

/** Identity of a provider: its file's content or its id, its config as written, and the model its class stands for. */
export function providerHash(provider: ProviderSpec, fileHash: string | undefined): string {
  return shortDigest(canonicalJson(providerContent(provider, fileHash)))
}

function providerContent(provider: ProviderSpec, fileHash: string | undefined): readonly unknown[] {
  const { id, configAsWritten = null, model } = provider
  return [
    fileHash === undefined ? { id } : { file: fileHash },
    configAsWritten,
    // What a class of models stands for may be another tomorrow; what was hashed without one stays as it is.
    ...(model === undefined ? [] : [{ model }]),
  ]
}

/** The part of a case that shapes the call beyond its vars: prefix, suffix, options passed to the provider, a fixed output. */
export function callOptionsOf(testCase: Case): string {
  const { options, providerOutput } = testCase.test
  if (options === undefined && providerOutput === undefined) return ''
  const shaping = Object.entries(options ?? {}).filter(
    ([name, value]) => value !== undefined && !NOT_THE_PROVIDERS.has(name),
  )
  if (shaping.length === 0 && providerOutput === undefined) return ''
  return canonicalJson([Object.fromEntries(shaping), providerOutput ?? null])
}

/** Identity of a cell: the same wherever the case stands in its file and whatever checks it. */
export function cellId(columnHash: string, caseId: string, repeat: number, callOptions: string): string {
  return shortDigest(`${columnHash}\n${caseId}\n${repeat}\n${callOptions}`)
}
