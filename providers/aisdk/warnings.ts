import type { ModelInfo } from '../../harness/model/model-catalog.ts'
import type { CallOptions, SdkWarning } from './language-model.ts'

const DAY_MS = 86_400_000

/** How long before a model's end one should hear of it. */
const SOON_DAYS = 30

/** What is odd about a model that retires, or has. */
export function retirementOf(info: ModelInfo | undefined, model: string, today: Date): string[] {
  const { retires } = info ?? {}
  const days = retires === undefined ? Infinity : (Date.parse(retires) - today.getTime()) / DAY_MS
  if (days > SOON_DAYS) return []
  const what = days <= 0 ? `has been retired since ${retires}` : `retires on ${retires}`
  return [`${info?.scheme}: \`${model}\` ${what}: move to a later model`]
}

/**
 * The AI SDK's warnings as sentences: what of the config it did not put into the request.
 * @param defaulted what nobody wrote, so that nobody need hear of it
 */
export function sentencesOf(
  warnings: readonly SdkWarning[],
  defaulted: ReadonlySet<keyof CallOptions>,
): string[] {
  return warnings.filter((warning) => !isOurs(warning, defaulted)).map(sentenceOf)
}

/** The length of Anthropic's replies is written onto the request after the AI SDK is done. */
function isOurs(warning: SdkWarning, defaulted: ReadonlySet<string>): boolean {
  if (!('feature' in warning)) return false
  return (
    defaulted.has(warning.feature) ||
    (warning.feature === 'maxOutputTokens' && warning.type === 'compatibility')
  )
}

function sentenceOf(warning: SdkWarning): string {
  if (warning.type === 'other') return warning.message
  if (warning.type === 'deprecated') return `${warning.setting}: ${warning.message}`
  return `${warning.feature}: ${warning.details ?? 'not supported'}`
}
