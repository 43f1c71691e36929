import type { CheckContext } from '../../harness/model/custom-check.ts'
import { messageOf } from '../../harness/model/errors.ts'
import type { Provider, ProviderResponse } from '../../harness/model/provider.ts'
import { replyText } from '../shared/reply-text.ts'
import { suiteDir } from '../shared/suite-dir.ts'

/** The part of promptfoo that a check needs where assay does not ask for it. */
interface Promptfoo {
  loadApiProvider(id: string, context: { options: unknown; basePath: string }): Promise<Provider>
}

/** Under promptfoo a grader is loaded once, by what the suite writes of it and the folder it is written for. */
const loaded = new Map<string, Promise<Provider>>()

/**
 * What a model answers: asked through the engine under assay, by promptfoo's own loader under promptfoo.
 * @param grader as the suite writes a provider: an id, or `{id, label, config}`
 * @throws Error that begins with "the grader failed" where there is no answer; then the check cannot judge
 */
export async function askModel(grader: unknown, prompt: string, context: CheckContext): Promise<string> {
  const { assay } = context
  const response = await (assay === undefined
    ? askLoaded(grader, prompt, suiteDir(context))
    : assay.ask(grader, prompt))
  const error = response.error ?? ''
  if (error !== '') throw new Error(`the grader failed: ${error}`)
  const text = replyText(response.output)
  if (text.trim() === '') throw new Error('the grader failed: its reply is empty')
  return text
}

async function askLoaded(grader: unknown, prompt: string, dir: string): Promise<ProviderResponse> {
  try {
    const provider = await load(grader, dir)
    return await provider.callApi(prompt, { vars: {}, prompt: { raw: prompt, label: 'grader' } })
  } catch (error) {
    return { error: messageOf(error) }
  }
}

function load(grader: unknown, dir: string): Promise<Provider> {
  const key = JSON.stringify([dir, grader])
  let provider = loaded.get(key)
  if (provider === undefined) loaded.set(key, (provider = loadOne(grader, dir)))
  return provider
}

async function loadOne(grader: unknown, dir: string): Promise<Provider> {
  const options = typeof grader === 'string' ? { id: grader } : (grader as { readonly id?: unknown })
  const { id } = options ?? {}
  if (typeof id !== 'string') throw new Error('a grader is a provider’s id, or an object with an `id`')
  const library: unknown = await import('promptfoo')
  return (library as Promptfoo).loadApiProvider(id, { options, basePath: dir })
}
