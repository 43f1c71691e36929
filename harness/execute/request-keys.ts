import type { Redactor } from '../record/redact.ts'
import { canonicalJson, shortDigest } from '../suite/cases/identity.ts'
import type { ModelRequest, RequestKeys } from './call.ts'
import { recordable, recordableMap } from '../model/failures/recordable.ts'

/** Hex digits that the provider, and the prompt, have of a key. */
const PART = 16

/**
 * The keys of a request in cassette and cache; undefined when nobody can say what its provider is. Whether a provider
 * looks at the vars is known once it was called, so a reply is looked up under both keys and recorded under one
 * (`keyOf`).
 *
 * A key is 64 hex digits that tell which part has changed: 16 of the provider's content, 16 of the prompt, and 32 of
 * the sha256 of all that shapes the reply: role, provider, prompt, options, repeat, round of feedback, and the vars
 * for `withVars`. Secrets are taken out first: a key is the same after a password has changed, and gives none away.
 * Labels, positions, assertions and the environment are no part of it.
 */
export function keysOf(request: ModelRequest, redact: Redactor): RequestKeys | undefined {
  const { role, repeat, attempt, shape } = request
  if (shape.provider === '') return undefined
  const prompt = redact(JSON.stringify(recordable(request.prompt)))
  const options = redact(canonicalJson(recordable(shape.options)))
  const parts = `${part(shape.provider)}${part(prompt)}`
  const whole = `["${role}",${JSON.stringify(shape.provider)},${prompt},${options},${repeat},${attempt}`
  let withVars: string | undefined
  return {
    plain: `${parts}${shortDigest(`${whole}]`)}`,
    // Worked out when it is asked for: most replies are found, or recorded, without.
    get withVars() {
      withVars ??= `${parts}${shortDigest(`${whole},${redact(canonicalJson(recordableMap(shape.vars)))}]`)}`
      return withVars
    },
  }
}

/** The key that a call which was just made is recorded under. */
export function keyOf({ keys, readVars }: Pick<ModelRequest, 'keys' | 'readVars'>): string | undefined {
  return readVars?.() === true ? keys?.withVars : keys?.plain
}

/** What two keys of the same case have in common: what differs has changed. */
export function compareKeys(a: string, b: string): { readonly provider: boolean; readonly prompt: boolean } {
  return {
    provider: a.slice(0, PART) === b.slice(0, PART),
    prompt: a.slice(PART, 2 * PART) === b.slice(PART, 2 * PART),
  }
}

function part(text: string): string {
  return shortDigest(text).slice(0, PART)
}
