import { resolve } from 'node:path'
import type { Prompt } from '../model/prompt.ts'
import type { ProviderSpec } from '../model/suite.ts'

/**
 * promptfoo's rule for a reference to a named thing: the name itself, `prefix*`, or the part before a colon
 * (`group` means `group:a` too).
 */
function refMatches(ref: string, name: string | undefined): boolean {
  if (name === undefined || name === '') return false
  if (name === ref || name.startsWith(`${ref}:`)) return true
  return ref.endsWith('*') && name.startsWith(ref.slice(0, -1))
}

/** True when a `prompts` filter of a provider or a test lets this prompt through. No filter allows all; `[]` none. */
export function isPromptAllowed(prompt: Prompt, refs: readonly string[] | undefined): boolean {
  if (refs === undefined) return true
  return refs.some((ref) => refMatches(ref, prompt.label) || refMatches(ref, prompt.id))
}

/** True when a test's `providers` filter lets this provider through. A `file://` reference is read from `dir`. */
export function isProviderAllowed(
  spec: ProviderSpec,
  refs: readonly string[] | undefined,
  dir: string,
): boolean {
  if (refs === undefined) return true
  return refs.some(
    (ref) => refMatches(ref, spec.label) || refMatches(ref, spec.id) || isSameFile(ref, spec, dir),
  )
}

/** True when a selection on the command line names this prompt: by its key, or as the suite itself could. */
export function selectsPrompt(ref: string, prompt: Prompt): boolean {
  return refMatches(ref, prompt.key) || isPromptAllowed(prompt, [ref])
}

/** True when a selection on the command line names this provider: by its key, or as the suite itself could. */
export function selectsProvider(ref: string, spec: ProviderSpec, dir: string): boolean {
  return refMatches(ref, spec.key) || isProviderAllowed(spec, [ref], dir)
}

function isSameFile(ref: string, spec: ProviderSpec, dir: string): boolean {
  if (spec.path === undefined || ref.endsWith('*')) return false
  return resolve(dir, ref.startsWith('file://') ? ref.slice('file://'.length) : ref) === spec.path
}
