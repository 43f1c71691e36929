import type { Usage } from '../../../harness/model/usage.ts'
import { finishReasonOf } from '../../shared/finish-reason.ts'
import type { Fields } from '../../shared/fields.ts'
import type { Reader, Reading, Sdk, Style } from './reading.ts'
import { fieldsOf } from '../../shared/fields.ts'
import { listOf, present, textOf } from './reading.ts'
import { added, geminiUsage } from './usage.ts'

/** Why a reply was blocked rather than ended. */
const BLOCKED =
  /^(?:SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|SPII|IMAGE_SAFETY|IMAGE_PROHIBITED_CONTENT)$/

/** Candidates of Gemini's API. Thoughts are parts like others, as for promptfoo. */
export class GoogleReader implements Reader {
  readonly #style: Style
  readonly #parts: Fields[] = []
  #candidate: Fields = {}
  #feedback: Fields = {}
  #usage: Fields = {}
  #about: Fields = {}
  /** Of requests that the model answered in part: each is billed. */
  #earlier: Usage | undefined

  constructor(style: Style) {
    this.#style = style
  }

  event(data: unknown): boolean {
    const chunk = fieldsOf(data)
    const { content, ...candidate } = listOf(chunk['candidates'])[0] ?? {}
    if (this.#candidate['finishReason'] === 'CONTINUATION') this.#continue()
    this.#about = { ...this.#about, ...present({ id: chunk['responseId'], model: chunk['modelVersion'] }) }
    this.#usage = { ...this.#usage, ...fieldsOf(chunk['usageMetadata']) }
    this.#feedback = { ...this.#feedback, ...fieldsOf(chunk['promptFeedback']) }
    this.#candidate = { ...this.#candidate, ...present(candidate) }
    const parts = listOf(fieldsOf(content)['parts'])
    for (const part of parts) this.#add(part)
    return parts.some((part) => part['text'] !== '')
  }

  whole(body: unknown): void {
    this.event(body)
  }

  get isComplete(): boolean {
    return this.#stopReason !== undefined
  }

  get usage() {
    return added(this.#earlier, geminiUsage(this.#usage))
  }

  reading(sdk: Sdk): Reading {
    const stopReason = this.#stopReason
    const blockReason = this.#feedback['blockReason']
    const isRefusal = blockReason !== undefined || BLOCKED.test(stopReason ?? '')
    const calls = this.#parts.some((part) => part['functionCall'] !== undefined)
    const tier = textOf(this.#usage['serviceTier']).toLowerCase()
    const isByTool = this.#style.bySdkFormat && sdk.text !== ''
    const shown = this.#style.showsThinking
      ? this.#parts
      : this.#parts.filter(({ thought }) => thought !== true)
    const output = isByTool ? sdk.text : outputOf(shown)
    const signatures = this.#parts.flatMap(({ thoughtSignature }) => thoughtSignature ?? [])
    return {
      output: output === '' && isRefusal ? blockedBy(stopReason, blockReason !== undefined) : output,
      text: this.#parts.map((part) => textOf(part['text']) || JSON.stringify(part)).join('\n'),
      stopReason,
      finishReason: isRefusal
        ? 'content_filter'
        : calls && stopReason === 'STOP' && !isByTool
          ? 'tool_calls'
          : finishReasonOf(stopReason),
      isRefusal,
      usage: this.usage,
      tier: tier === '' || tier === 'standard' ? undefined : tier,
      more: this.#guardrails(isRefusal, blockReason !== undefined),
      wire: present({
        responseId: this.#about['id'],
        servedModel: this.#about['model'],
        rawUsage: Object.keys(this.#usage).length > 0 ? this.#usage : undefined,
        promptFeedback: Object.keys(this.#feedback).length > 0 ? this.#feedback : undefined,
        safetyRatings: this.#candidate['safetyRatings'],
        finishMessage: this.#candidate['finishMessage'],
        groundingMetadata: this.#candidate['groundingMetadata'],
        thoughtSignatures: signatures.length > 0 ? signatures : undefined,
      }),
    }
  }

  get #stopReason(): string | undefined {
    return textOf(this.#candidate['finishReason']) || textOf(this.#feedback['blockReason']) || undefined
  }

  /** A reply longer than one request may yield goes on in the next one. */
  #continue(): void {
    this.#earlier = this.usage
    this.#usage = {}
    this.#candidate = {}
  }

  /** A stream cuts a text into parts anywhere: they are one again. */
  #add(part: Fields): void {
    const last = this.#parts.at(-1)
    const isText = isPlainText(part) && last !== undefined && isPlainText(last)
    if (isText && part['thought'] === last['thought'])
      this.#parts[this.#parts.length - 1] = {
        ...last,
        ...part,
        text: textOf(last['text']) + textOf(part['text']),
      }
    else this.#parts.push(part)
  }

  /** promptfoo's, of the safety ratings; a block is flagged whatever they say. */
  #guardrails(isRefusal: boolean, isInput: boolean): Fields {
    const flags = (ratings: unknown): boolean =>
      listOf(ratings).some(({ probability }) => probability !== 'NEGLIGIBLE')
    const input = this.#feedback['safetyRatings']
    const output = this.#candidate['safetyRatings']
    if (input === undefined && output === undefined && !isRefusal) return {}
    const flaggedInput = flags(input) || isInput
    const flaggedOutput = flags(output) || (isRefusal && !isInput)
    return { guardrails: { flagged: flaggedInput || flaggedOutput, flaggedInput, flaggedOutput } }
  }
}

function isPlainText(part: Fields): boolean {
  return typeof part['text'] === 'string' && Object.keys(part).every((key) => /^(?:text|thought)/.test(key))
}

/** promptfoo's: a text if there is nothing else, otherwise the parts. */
function outputOf(parts: readonly Fields[]): unknown {
  return parts.every((part) => 'text' in part) ? parts.map(({ text }) => textOf(text)).join('') : parts
}

function blockedBy(reason: string | undefined, isInput: boolean): string {
  return isInput ? `Response blocked: ${reason}` : `Response was blocked with finish reason: ${reason}`
}
