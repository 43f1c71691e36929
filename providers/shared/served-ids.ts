import { basename, extname } from 'node:path'
import { ConfigError } from '../../harness/model/errors.ts'
import type { ModelCatalog } from '../../harness/model/model-catalog.ts'
import { suggest } from '../../harness/model/suggest.ts'

/** The providers of assay that need no file. */
export type Adapter = 'bedrock' | 'aisdk' | 'simulated'

/** What a provider id asks for. */
export interface ServedId {
  readonly adapter: Adapter
  /** Its first part. */
  readonly scheme: 'bedrock' | 'openai' | 'google' | 'anthropic' | 'ollama' | 'simulated'
  /** Who sends the bill, as the price table names it; for Ollama the protocol that it speaks. */
  readonly vendor: 'aws' | 'openai' | 'google' | 'anthropic' | 'openai-compatible' | 'simulated'
  /** Never a class: the model that it stands for. */
  readonly model: string
  /** Where the id names a class of models: the id of the one it stands for. */
  readonly meant?: string | undefined
}

/** Models of Bedrock that neither Converse nor InvokeModel serves as chats: promptfoo has providers of their own for them. */
const OTHER_BEDROCK =
  /^(?:[a-z-]+\.)?(?:openai\.(?!gpt-oss)|xai\.|anthropic\.claude-mythos|amazon\.nova-(?:2-)?(?:sonic|reel|canvas)|amazon\.(?:titan-(?:embed|image)|rerank)|cohere\.(?:embed|rerank)|stability\.|luma\.|twelvelabs\.)/

/** promptfoo's kinds of OpenAI providers, and models that chat completions do not serve. */
const OTHER_OPENAI =
  /^(?:agents?(?:-api)?|assistant|chat|chatkit|codex.*|completion|embeddings?|image|live|moderation|realtime|responses|speech|transcription|tts|video)$|^(?:babbage|davinci|text-|tts-|whisper|dall-e|sora|chatkit|omni-moderation|computer-use)|-(?:instruct|realtime|transcribe|tts|image|live|audio|codex|pro|deep-research)(?:-|$)/

/** Models of the Gemini API that answer with text. */
const GEMINI = /^(?:gemini|gemma|learnlm)-/
const OTHER_GEMINI = /-(?:image|omni|live|tts|embedding|native-audio|transcribe|robotics|computer-use)(?:-|$)/

/** `chat:` and the like before the model; what has another kind before it is not ours. */
const CHAT_KIND = /^(?:bedrock:converse|openai:chat|anthropic:messages|ollama:chat):/

const ADAPTERS: Readonly<Record<ServedId['scheme'], Pick<ServedId, 'adapter' | 'vendor'>>> = {
  bedrock: { adapter: 'bedrock', vendor: 'aws' },
  openai: { adapter: 'aisdk', vendor: 'openai' },
  google: { adapter: 'aisdk', vendor: 'google' },
  anthropic: { adapter: 'aisdk', vendor: 'anthropic' },
  ollama: { adapter: 'aisdk', vendor: 'openai-compatible' },
  simulated: { adapter: 'simulated', vendor: 'simulated' },
}

type Classes = Pick<ModelCatalog, 'classes' | 'idOfClass'>

/**
 * Which adapter serves a provider id, and what of; undefined for an id of promptfoo's.
 * @throws ConfigError for a class of models that nobody knows, or that has none of this vendor
 */
export function servedId(id: string, models: Classes): ServedId | undefined {
  const colon = id.indexOf(':')
  const scheme = colon === -1 ? id : id.slice(0, colon)
  if (colon === -1 && isClassName(id)) return servedAs(idOfClass(id, models), true)
  if (colon === -1) return id === 'simulated' ? servedAs('simulated:', false) : undefined
  if (!isScheme(scheme)) return undefined
  const isChat = CHAT_KIND.test(id)
  const named = isChat ? id.slice(id.indexOf(':', colon + 1) + 1) : id.slice(colon + 1)
  // Prices, limits and context windows are known by the model's own name.
  const model = scheme === 'google' ? named.replace(/^models\//, '') : named
  if (hasClasses(scheme) && isClassName(model)) return servedAs(idOfClass(`${scheme}:${model}`, models), true)
  if (scheme !== 'simulated' && (model === '' || !(isChat || IS_CHAT[scheme](model)))) return undefined
  return servedAs(`${scheme}:${model}`, false)
}

/** The same of a provider that is a file of assay's, by its `config`; undefined where that does not say it. */
export function servedFile(
  path: string,
  config: Readonly<Record<string, unknown>> | undefined,
  models: Classes,
): ServedId | undefined {
  const { vendor, model } = config ?? {}
  const name = basename(path, extname(path))
  const scheme = name === 'bedrock' ? name : name === 'aisdk' ? vendor : undefined
  if (typeof model !== 'string' || model === '' || typeof scheme !== 'string' || !isScheme(scheme))
    return undefined
  return servedAs(`${scheme}:${modelMeant(scheme, model, models)}`, isClassName(model))
}

/** The model that a `config.model` means: itself, or what a class stands for. @throws ConfigError at `model` */
export function modelMeant(scheme: ServedId['scheme'], model: string, models: Classes): string {
  if (!hasClasses(scheme) || !isClassName(model)) return model
  return idOfClass(`${scheme}:${model}`, models).slice(scheme.length + 1)
}

/** Whose limits calls to a model count against. Vendors keep quotas, and grant access, by model; a server of one's own is one. */
export function accountOf({ scheme, model }: ServedId): string {
  return scheme === 'ollama' || scheme === 'simulated' ? scheme : `${scheme}:${model}`
}

function servedAs(id: string, isClass: boolean): ServedId {
  const colon = id.indexOf(':')
  const scheme = id.slice(0, colon) as ServedId['scheme']
  return { ...ADAPTERS[scheme], scheme, model: id.slice(colon + 1), ...(isClass && { meant: id }) }
}

function isScheme(name: string): name is ServedId['scheme'] {
  return Object.hasOwn(ADAPTERS, name)
}

/** True where what stands after the scheme is a model that answers chats: no other kind of provider, no other kind of model. */
const IS_CHAT: Readonly<Record<ServedId['scheme'], (model: string) => boolean>> = {
  // A model's id has its vendor's name before a dot.
  bedrock: (model) => /^(?:arn:|[^:]*\.)/.test(model) && !OTHER_BEDROCK.test(model),
  openai: (model) => model.startsWith('ft:') || (!model.includes(':') && !OTHER_OPENAI.test(model)),
  google: (model) => !model.includes(':') && GEMINI.test(model) && !OTHER_GEMINI.test(model),
  anthropic: (model) => /^claude-(?!agent-sdk|code|instant|v?[12](?:\.|$))[^:]+$/.test(model),
  ollama: (model) => !/^(?:chat|completion|embeddings?)(?::|$)/.test(model),
  simulated: () => true,
}

/** A server of one's own calls its models what it likes. */
function hasClasses(scheme: ServedId['scheme']): boolean {
  return scheme !== 'ollama' && scheme !== 'simulated'
}

function isClassName(name: string): boolean {
  return /^[\w.-]+-class$/i.test(name)
}

/** @throws ConfigError */
function idOfClass(id: string, models: Classes): string {
  const meant = models.idOfClass(id)
  if (meant !== undefined) return meant
  const colon = id.indexOf(':')
  const [scheme, name] = [id.slice(0, Math.max(0, colon)), id.slice(colon + 1)]
  const anyVendors = models.idOfClass(name)
  if (anyVendors !== undefined) {
    const other = `${anyVendors.slice(0, anyVendors.indexOf(':'))}:${name}`
    throw new ConfigError(
      `the class \`${name}\` has no model of ${scheme}`,
      ['model'],
      false,
      `it has one as \`${other}\``,
    )
  }
  // By what tells them apart: all of them end alike.
  const near = suggest(stemOf(name), models.classes.map(stemOf))
  const hint =
    near === undefined ? `classes: ${models.classes.join(', ')}` : `did you mean \`${near}-class\`?`
  throw new ConfigError(`there is no class of models \`${name}\``, ['model'], false, hint)
}

function stemOf(className: string): string {
  return className.replace(/-class$/i, '')
}
