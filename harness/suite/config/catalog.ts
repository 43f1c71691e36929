import { suggest } from '../../model/suggest.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Assertion types that need nothing but the reply. */
export const DETERMINISTIC_TYPES = words(`
  bleu contains contains-all contains-any contains-html contains-json contains-sql contains-xml cost equals
  finish-reason gleu guardrails icontains icontains-all icontains-any is-html is-json is-refusal is-sql
  is-valid-function-call is-valid-openai-function-call is-valid-openai-tools-call is-xml latency levenshtein meteor
  perplexity perplexity-score regex rouge-n skill-used starts-with tool-call-f1 word-count`)

/** Assertion types that ask a model, or another service. */
export const MODEL_GRADED_TYPES = words(`
  agent-rubric answer-relevance classifier context-faithfulness context-recall context-relevance
  conversation-relevance factuality g-eval llm-rubric model-graded-closedqa model-graded-factuality moderation pi
  search-rubric similar similar:cosine similar:dot similar:euclidean`)

/** Assertion types that run the user's code. */
export const CODE_TYPES = words('javascript python ruby webhook')

/** Assertion types that compare the replies of all columns, or hold other assertions. They have no `not-`. */
export const SPECIAL_TYPES = words('assert-set select-best max-score')

/** promptfoo's assertion types that cannot be checked here, and why. */
export const UNSUPPORTED_TYPES: Readonly<Record<string, string>> = {
  human: 'a person cannot answer during a run',
  ...Object.fromEntries(
    words(`
      trajectory:goal-success trajectory:tool-args-match trajectory:step-count trajectory:tool-sequence
      trajectory:tool-used trace-error-spans trace-span-count trace-span-duration`).map((type) => [
      type,
      "it needs promptfoo's trace store",
    ]),
  ),
}

const NEGATABLE = [...DETERMINISTIC_TYPES, ...MODEL_GRADED_TYPES, ...CODE_TYPES]
const ASSERTION_TYPES: ReadonlySet<string> = new Set([
  ...NEGATABLE,
  ...NEGATABLE.map((type) => `not-${type}`),
  ...SPECIAL_TYPES,
])

/** True for an assertion type that can be checked here. */
export function isAssertionType(type: string): boolean {
  return ASSERTION_TYPES.has(type)
}

/** What is wrong with an assertion type, and what to do; undefined for one that can be checked here. */
export function assertionTypeProblem(
  type: string,
): { message: string; hint?: string | undefined } | undefined {
  if (isAssertionType(type)) return undefined
  const why = type.startsWith('promptfoo:redteam:')
    ? 'red-team checks are not part of it'
    : UNSUPPORTED_TYPES[type.replace(/^not-/, '')]
  if (why !== undefined) {
    return { message: `assertion type \`${type}\` is not supported: ${why}`, hint: 'remove the assertion' }
  }
  const meant = suggest(type, ASSERTION_TYPES)
  return {
    message: `unknown assertion type \`${type}\``,
    hint:
      meant === undefined
        ? 'own checks are `type: javascript` with a `file://`'
        : `did you mean \`${meant}\`?`,
  }
}

/** Provider ids that stand alone. */
export const PROVIDER_IDS = words(`
  a2a browser echo http https llama mcp n8n openclaw opencode openinterpreter promptfoo:manual-input
  promptfoo:simulated-user sequence slack websocket ws wss`)

/** What a provider id may start with, up to its first colon (`promptfoo` has more). */
export const PROVIDER_SCHEMES = words(`
  a2a abliteration ai21 aimlapi alibaba alicloud aliyun anthropic atlascloud azure azureopenai bam bedrock
  bedrock-agent cerebras cloudera cloudflare-ai cloudflare-gateway cohere cometapi dashscope databricks deepseek docker
  elevenlabs envoy exec f5 fal fireworks github golang google groq helicone hf http https huggingface hyperbolic jfrog
  litellm llama llamaapi localai mcp meta minimax mistral mlflow-gateway modelslab moonshot n8n novita nscale nvidia
  ollama openai openclaw opencode openinterpreter openrouter orcarouter package palm perplexity portkey
  promptfoo:model python quiverai qwak replicate ruby sagemaker slack snowflake togetherai transformers transformers.js
  truefoundry vercel vertex voyage watsonx webhook ws wss xai`)

/** Files that can be a provider: a script, or YAML and JSON that lists providers. */
const PROVIDER_FILE = /\.(?:[cm]?[jt]s|py|go|rb|ya?ml|json)(?::[^/\\]*)?$/
const SCRIPT_FILE = /\.[cm]?[jt]s$/

/** Before an id that assay serves itself: asks for promptfoo's own provider. */
const PROMPTFOO = 'promptfoo:'

/** True when promptfoo knows what this provider id means, or it names a file that may be a provider. */
export function isKnownProviderId(id: string): boolean {
  if (id.startsWith('file://')) return PROVIDER_FILE.test(id)
  return isPromptfooId(promptfooId(id)) || SCRIPT_FILE.test(id)
}

/** An id as promptfoo knows it: without the prefix that asks for promptfoo's own provider, where it is one. */
export function promptfooId(id: string): string {
  const rest = id.startsWith(PROMPTFOO) ? id.slice(PROMPTFOO.length) : id
  return isPromptfooId(rest) ? rest : id
}

function isPromptfooId(id: string): boolean {
  return PROVIDER_IDS.includes(id) || PROVIDER_SCHEMES.some((scheme) => id.startsWith(`${scheme}:`))
}

/** The known id (or start of one) that an unknown provider id most resembles. */
export function suggestProviderId(id: string, classes: readonly string[] = []): string | undefined {
  if (id.startsWith('file://')) return undefined
  if (id.startsWith(PROMPTFOO)) {
    const meant = suggestProviderId(id.slice(PROMPTFOO.length))
    return meant === undefined ? suggest(id, PROVIDER_IDS) : `${PROMPTFOO}${meant}`
  }
  const colon = id.indexOf(':')
  if (colon === -1) return suggest(id, [...PROVIDER_IDS, ...classes])
  const scheme = suggest(id.slice(0, colon), PROVIDER_SCHEMES)
  return scheme === undefined ? undefined : `${scheme}${id.slice(colon)}`
}
