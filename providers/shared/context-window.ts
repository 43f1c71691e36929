import { setImmediate as breathe } from 'node:timers/promises'
import type { Failure } from '../../harness/model/failure.ts'
import type { ModelInfo } from '../../harness/model/model-catalog.ts'

/** Characters counted at a time: the tokenizer takes quadratic time over a run without a blank. */
const SLICE = 1000

/** Slices after which other calls get their turn. */
const SLICES_AT_ONCE = 200

/**
 * The failure of a prompt that cannot fit the model's context window, found before it is sent. Models count with tokenizers of
 * their own: this one needs few tokens, and what is cut is counted in the prompt's favour, so that a prompt which might just fit
 * is left to the vendor to judge.
 * @param text what is said in the prompt, without images
 */
export async function tooLong(text: string, model: ModelInfo | undefined): Promise<Failure | undefined> {
  const window = model?.contextWindow
  // No token is shorter than a byte.
  if (window === undefined || Buffer.byteLength(text) <= window) return undefined
  const tokens = await atLeast(text, window)
  if (tokens <= window) return undefined
  return {
    kind: 'invalid',
    message: `the prompt has more than ${tokens} tokens, over the context window of ${window} tokens of ${model?.id}: it was not sent`,
  }
}

/** Tokens that the text has at the least, counted until there are more than `enough`. */
async function atLeast(text: string, enough: number): Promise<number> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  let tokens = 0
  for (let start = 0, slices = 1; start < text.length && tokens <= enough; start += SLICE, slices++) {
    // Every cut may have split one token in two.
    tokens += countTokens(text.slice(start, start + SLICE), { disallowedSpecial: new Set() }) - 1
    if (slices % SLICES_AT_ONCE === 0) await breathe()
  }
  return tokens
}
