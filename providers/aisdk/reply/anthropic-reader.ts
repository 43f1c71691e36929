import { jsonOrText } from '../../shared/json-or-text.ts'
import { finishReasonOf } from '../../shared/finish-reason.ts'
import type { Fields } from '../../shared/fields.ts'
import type { Reader, Reading, Sdk, Style } from './reading.ts'
import { fieldsOf } from '../../shared/fields.ts'
import { listOf, present, textOf } from './reading.ts'
import { anthropicUsage } from './usage.ts'

/** A block of content, as far as it has come. */
interface Block {
  readonly fields: Record<string, unknown>
  /** A tool's input, as the model writes it. */
  json: string
}

/** What a block's delta adds to: the field by the name that both have for it. */
const GROWING: Readonly<Record<string, string>> = {
  text_delta: 'text',
  thinking_delta: 'thinking',
  signature_delta: 'signature',
}

/** Messages of Anthropic's API: content blocks, put together as they would have come without a stream. */
export class AnthropicReader implements Reader {
  readonly #style: Style
  readonly #blocks = new Map<unknown, Block>()
  #message: Fields = {}
  #usage: Fields = {}
  #ended = false
  /** The first event has a count of the output, too: of next to nothing. */
  #isCounted = false

  constructor(style: Style) {
    this.#style = style
  }

  event(data: unknown): boolean {
    const event = fieldsOf(data)
    switch (event['type']) {
      case 'message_start':
        this.#about(fieldsOf(event['message']))
        return false
      case 'content_block_start':
        this.#blocks.set(event['index'], { fields: { ...fieldsOf(event['content_block']) }, json: '' })
        return fieldsOf(event['content_block'])['type'] === 'tool_use'
      case 'content_block_delta':
        return grow(this.#blocks.get(event['index']), fieldsOf(event['delta']))
      case 'message_delta':
        this.#about({ ...fieldsOf(event['delta']), usage: event['usage'] })
        this.#isCounted ||= fieldsOf(event['usage'])['output_tokens'] !== undefined
        return false
      case 'message_stop':
        this.#ended = true
        return false
      default:
        return false
    }
  }

  whole(body: unknown): void {
    const message = fieldsOf(body)
    this.#about(message)
    for (const [index, block] of listOf(message['content']).entries())
      this.#blocks.set(index, { fields: { ...block }, json: '' })
    this.#ended = typeof message['stop_reason'] === 'string'
    this.#isCounted = true
  }

  get isComplete(): boolean {
    return this.#ended
  }

  get usage() {
    return anthropicUsage(this.#usage)
  }

  reading(sdk: Sdk): Reading {
    const blocks = [...this.#blocks.values()].map(finished)
    const { stop_reason: stopReason, stop_details, id, model, stop_sequence } = this.#message
    const isRefusal = stopReason === 'refusal'
    const tier = this.#usage['service_tier']
    const reason = isRefusal ? refusalOf(fieldsOf(stop_details)) : undefined
    return {
      output: this.#style.bySdkFormat ? sdk.text : outputOf(blocks, this.#style.showsThinking),
      text: blocks.map((block) => textOf(block['text']) || JSON.stringify(block)).join('\n'),
      stopReason: typeof stopReason === 'string' ? stopReason : undefined,
      finishReason: finishReasonOf(typeof stopReason === 'string' ? stopReason : undefined),
      isRefusal,
      usage: this.#isCounted ? this.usage : undefined,
      tier: typeof tier === 'string' && tier !== 'standard' ? tier : undefined,
      more: reason === undefined ? {} : { guardrails: { flagged: true, reason } },
      wire: present({
        responseId: id,
        servedModel: model,
        stopSequence: stop_sequence,
        stopDetails: stop_details,
        rawUsage: Object.keys(this.#usage).length > 0 ? this.#usage : undefined,
      }),
    }
  }

  #about({ usage, content: _content, ...message }: Fields): void {
    this.#message = { ...this.#message, ...present(message) }
    this.#usage = { ...this.#usage, ...present(fieldsOf(usage)) }
  }
}

function grow(block: Block | undefined, delta: Fields): boolean {
  if (block === undefined) return false
  const { fields } = block
  const { type } = delta
  if (type === 'input_json_delta') {
    block.json += textOf(delta['partial_json'])
    return delta['partial_json'] !== ''
  }
  if (type === 'citations_delta') {
    fields['citations'] = [...listOf(fields['citations']), delta['citation']]
    return false
  }
  const key = GROWING[String(type)]
  if (key === undefined) return false
  fields[key] = textOf(fields[key]) + textOf(delta[key])
  return key !== 'signature'
}

/** An input that is no JSON stays the text that the model wrote. */
function finished({ fields, json }: Block): Fields {
  return json === '' ? fields : { ...fields, input: jsonOrText(json) }
}

/** promptfoo's: texts alone are joined; beside tool calls and thoughts, everything that is no text is told as JSON. */
function outputOf(blocks: readonly Fields[], showsThinking: boolean): string {
  const isPlain = !blocks.some(({ type }) => /^(?:tool_use|thinking|redacted_thinking)$/.test(String(type)))
  if (isPlain) return blocks.map(({ text }) => textOf(text)).join('\n\n')
  return blocks
    .map((block) => told(block, showsThinking))
    .filter((text) => text !== '')
    .join('\n\n')
}

function told(block: Fields, showsThinking: boolean): string {
  const thinking = textOf(block['thinking'])
  switch (block['type']) {
    case 'text':
      return textOf(block['text'])
    case 'thinking':
      return showsThinking && thinking.trim() !== ''
        ? `Thinking: ${thinking}\nSignature: ${textOf(block['signature'])}`
        : ''
    case 'redacted_thinking':
      return showsThinking ? `Redacted Thinking: ${textOf(block['data'])}` : ''
    default:
      return JSON.stringify(block)
  }
}

/** promptfoo's sentence for what Anthropic says of a refusal. */
function refusalOf({ category, explanation }: Fields): string {
  return [
    'Content refused by Anthropic safety filters',
    typeof category === 'string' && `category: ${category}`,
    typeof explanation === 'string' && `explanation: ${explanation}`,
  ]
    .filter((part) => part !== false)
    .join(' — ')
}
