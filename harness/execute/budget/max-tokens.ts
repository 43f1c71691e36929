/** What providers call the longest reply they may give, in tokens. */
const NAMES = [
  'max_tokens',
  'maxTokens',
  'max_completion_tokens',
  'maxCompletionTokens',
  'max_output_tokens',
  'maxOutputTokens',
  'max_new_tokens',
  'maxTokenCount',
  'max_gen_len',
  'num_predict',
] as const

/** Where in a config they keep it. */
const PLACES = ['config', 'options', 'generationConfig', 'inferenceConfig', 'textGenerationConfig'] as const

/** How far into a config it is looked for: an option of a prompt's config's `generationConfig`. */
const DEPTH = 3

/** The longest reply that a config allows, in tokens; undefined where it does not say, or not in a number. */
export function maxTokensOf(config: unknown, depth = DEPTH): number | undefined {
  if (typeof config !== 'object' || config === null) return undefined
  const map = config as Readonly<Record<string, unknown>>
  for (const name of NAMES) {
    const value = map[name]
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value
  }
  if (depth === 0) return undefined
  for (const inner of Array.isArray(config) ? config : PLACES.map((place) => map[place])) {
    const found = maxTokensOf(inner, depth - 1)
    if (found !== undefined) return found
  }
  return undefined
}
