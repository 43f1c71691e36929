import { finishReasonOf } from '../../shared/finish-reason.ts'
import type { Fields } from '../../shared/fields.ts'
import type { Reader, Reading, Sdk, Style } from './reading.ts'
import { fieldsOf } from '../../shared/fields.ts'
import { listOf, present, textOf } from './reading.ts'
import { openaiUsage } from './usage.ts'

/** promptfoo's words for a reply that was taken back whole. */
const FILTERED = 'Content filtered by provider'

/** Chat completions of OpenAI and of servers that speak like it; thoughts by both names there are for them. */
export class OpenAIReader implements Reader {
  readonly #style: Style
  readonly #said = { content: '', refusal: '', reasoning: '', functionName: '', functionArguments: '' }
  readonly #logProbs: Fields[] = []
  readonly #annotations: unknown[] = []
  #stopReason: string | undefined
  #usage: Fields = {}
  #about: Fields = {}

  constructor(style: Style) {
    this.#style = style
  }

  event(data: unknown): boolean {
    const chunk = fieldsOf(data)
    const choice = listOf(chunk['choices'])[0] ?? {}
    return this.#take(chunk, choice, fieldsOf(choice['delta']))
  }

  whole(body: unknown): void {
    const chunk = fieldsOf(body)
    const choice = listOf(chunk['choices'])[0] ?? {}
    this.#take(chunk, choice, fieldsOf(choice['message']))
  }

  get isComplete(): boolean {
    return this.#stopReason !== undefined
  }

  get usage() {
    return openaiUsage(this.#usage)
  }

  reading(sdk: Sdk): Reading {
    const { content, refusal, reasoning, functionArguments } = this.#said
    const isFiltered = this.#stopReason === 'content_filter'
    const isRefusal = refusal !== '' || isFiltered
    const calls = sdk.calls.map((call) => call.input)
    return {
      output: isRefusal ? refusal || content || FILTERED : this.#output(sdk),
      text: [reasoning, content, refusal, functionArguments, ...calls]
        .filter((said) => said !== '')
        .join('\n'),
      stopReason: this.#stopReason,
      finishReason: finishReasonOf(this.#stopReason),
      isRefusal,
      usage: this.usage,
      tier: tierOf(this.#about['service_tier']),
      more: {
        guardrails: { flagged: isRefusal },
        ...(this.#logProbs.length > 0 && { logProbs: this.#logProbs.map(({ logprob }) => logprob) }),
      },
      wire: present({
        responseId: this.#about['id'],
        servedModel: this.#about['model'],
        serviceTier: this.#about['service_tier'],
        systemFingerprint: this.#about['system_fingerprint'],
        rawUsage: Object.keys(this.#usage).length > 0 ? this.#usage : undefined,
        annotations: this.#annotations.length > 0 ? this.#annotations : undefined,
        reasoning: reasoning || undefined,
      }),
    }
  }

  #take(chunk: Fields, choice: Fields, message: Fields): boolean {
    this.#about = { ...this.#about, ...present(chunk) }
    this.#usage = { ...this.#usage, ...fieldsOf(chunk['usage']) }
    if (typeof choice['finish_reason'] === 'string') this.#stopReason = choice['finish_reason']
    const logProbs = fieldsOf(choice['logprobs'])
    this.#logProbs.push(...listOf(logProbs['content']), ...listOf(logProbs['refusal']))
    if (Array.isArray(message['annotations']))
      this.#annotations.push(...(message['annotations'] as unknown[]))
    const legacy = fieldsOf(message['function_call'])
    const said = {
      content: contentOf(message['content']),
      refusal: textOf(message['refusal']),
      reasoning: textOf(message['reasoning_content']) || textOf(message['reasoning']),
      functionName: textOf(legacy['name']),
      functionArguments: textOf(legacy['arguments']),
    }
    for (const key of Object.keys(said) as (keyof typeof said)[]) this.#said[key] += said[key]
    return Object.values(said).some((text) => text !== '') || listOf(message['tool_calls']).length > 0
  }

  #output({ calls, text }: Sdk): unknown {
    const { content, reasoning, functionName, functionArguments } = this.#said
    const made = calls.map(({ toolCallId, toolName, input }) => ({
      id: toolCallId,
      type: 'function',
      function: { name: toolName, arguments: input },
    }))
    const legacy = functionName === '' ? undefined : { name: functionName, arguments: functionArguments }
    const called = made.length > 0 ? { tool_calls: made } : legacy && { function_call: legacy }
    if (called !== undefined) {
      if (content === '') return legacy && made.length === 0 ? legacy : made
      return { role: 'assistant', content, ...called }
    }
    const said = this.#style.bySdkFormat ? text : content
    return reasoning !== '' && this.#style.showsThinking ? `Thinking: ${reasoning}\n\n${said}` : said
  }
}

/** A text, or a list of pieces with one: some servers' way. */
function contentOf(content: unknown): string {
  return typeof content === 'string'
    ? content
    : listOf(content)
        .map(({ text }) => textOf(text))
        .join('')
}

function tierOf(tier: unknown): string | undefined {
  return typeof tier !== 'string' || tier === 'default' || tier === 'auto' ? undefined : tier
}
