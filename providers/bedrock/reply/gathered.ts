import { jsonOrText } from '../../shared/json-or-text.ts'
import type { Usage } from '../../../harness/model/usage.ts'

/** One block of a reply. */
export type ReplyBlock =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'reasoning'
      readonly text: string
      readonly signature?: string | undefined
      /** The model thought what the vendor does not show. */
      readonly isRedacted?: boolean | undefined
    }
  /** `input` is text where it is no JSON: a reply that was cut short, or a model that erred. */
  | { readonly kind: 'tool'; readonly id: string; readonly name: string; readonly input: unknown }

/** Everything a reply said, whichever API it came by. */
export interface Gathered {
  readonly blocks: readonly ReplyBlock[]
  /** Absent where the reply never came to its end. */
  readonly stopReason?: string | undefined
  readonly usage?: Usage | undefined
  /** Milliseconds the server says it took. */
  readonly serverMs?: number | undefined
  /** True where a guardrail stepped in. */
  readonly isGuarded?: boolean | undefined
  readonly trace?: unknown
  /** The service tier and the latency it was served with. */
  readonly serviceTier?: string | undefined
  readonly latency?: string | undefined
  readonly additional?: unknown
}

interface Open {
  kind: ReplyBlock['kind']
  text: string
  signature?: string
  isRedacted?: boolean
  id: string
  name: string
}

/** Puts a reply together from the blocks, or the pieces of blocks, it comes in. */
export class Gathering {
  readonly #blocks: Open[] = []
  readonly #byIndex = new Map<number, Open>()
  readonly #onSaid: () => void
  stopReason: string | undefined
  usage: Usage | undefined
  serverMs: number | undefined
  isGuarded: boolean | undefined
  trace: unknown
  serviceTier: string | undefined
  latency: string | undefined
  additional: unknown

  /** @param onSaid called with every piece of text, reasoning or a tool call */
  constructor(onSaid: () => void) {
    this.#onSaid = onSaid
  }

  /** A text that is a block of its own. */
  textBlock(text: string): void {
    this.#add('text').text = text
  }

  /** The next piece of a text. Nova gives every piece an index of its own: what stands between is what parts two texts. */
  text(piece: string): void {
    if (piece === '') return
    const last = this.#blocks.at(-1)
    const block = last?.kind === 'text' ? last : this.#add('text')
    block.text += piece
    this.#onSaid()
  }

  reasoning(index: number, piece: { text?: string; signature?: string; isRedacted?: boolean }): void {
    const { text = '', signature, isRedacted } = piece
    const block = this.#byIndex.get(index) ?? this.#add('reasoning', index)
    block.text += text
    if (signature !== undefined) block.signature = (block.signature ?? '') + signature
    if (isRedacted === true) block.isRedacted = true
    if (text !== '') this.#onSaid()
  }

  tool(index: number, id: string, name: string): void {
    Object.assign(this.#add('tool', index), { id, name })
    this.#onSaid()
  }

  /** The next piece of the JSON that a tool is called with. */
  toolInput(index: number, json: string): void {
    const block = this.#byIndex.get(index) ?? this.#add('tool', index)
    block.text += json
  }

  gathered(): Gathered {
    const { stopReason, usage, serverMs, isGuarded, trace, serviceTier, latency, additional } = this
    const blocks = this.#blocks.map(closed)
    return { blocks, stopReason, usage, serverMs, isGuarded, trace, serviceTier, latency, additional }
  }

  #add(kind: Open['kind'], index?: number): Open {
    const block = { kind, text: '', id: '', name: '' }
    this.#blocks.push(block)
    if (index !== undefined) this.#byIndex.set(index, block)
    return block
  }
}

function closed({ kind, text, signature, isRedacted, id, name }: Open): ReplyBlock {
  if (kind === 'text') return { kind, text }
  if (kind === 'tool') return { kind, id, name, input: text === '' ? {} : jsonOrText(text) }
  return {
    kind,
    text,
    ...(signature !== undefined && { signature }),
    ...(isRedacted === true && { isRedacted }),
  }
}
