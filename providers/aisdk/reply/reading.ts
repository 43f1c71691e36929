import type { Fields } from '../../shared/fields.ts'
import { fieldsOf } from '../../shared/fields.ts'
import type { Usage } from '../../../harness/model/usage.ts'

/** What a reply comes to, in promptfoo's words for the vendor. */
export interface Reading {
  /** promptfoo's output: a text, or whatever its adapter gives where the model did something else. */
  readonly output: unknown
  /** All that the model wrote, tool calls and thoughts included, for counting. */
  readonly text: string
  /** The vendor's own word: `end_turn`, `MAX_TOKENS`. */
  readonly stopReason: string | undefined
  readonly finishReason: string | undefined
  readonly isRefusal: boolean
  /** Undefined where the vendor counted nothing. */
  readonly usage: Usage | undefined
  /** Service tier that it was served, and is billed, by, where it is not the standard one. */
  readonly tier: string | undefined
  /** Fields of promptfoo's response beside. */
  readonly more: Fields
  /** What else is worth keeping: ids, the model that answered, the vendor's own usage object. */
  readonly wire: Fields
}

/** A tool call as the AI SDK put it together. */
export interface SdkToolCall {
  readonly toolCallId: string
  readonly toolName: string
  /** As the model wrote it: JSON, if the model got it right. */
  readonly input: string
}

/** Takes in a reply, event by event or whole, as the vendor sent it. */
export interface Reader {
  /** @returns true where the event holds output: text, thoughts, part of a tool call */
  event(data: unknown): boolean
  whole(body: unknown): void
  /** True when the vendor has said that the reply has ended, and why. */
  readonly isComplete: boolean
  /** What the vendor has counted so far. */
  readonly usage: Usage | undefined
  reading(sdk: Sdk): Reading
}

/** What the AI SDK made of the same reply. */
export interface Sdk {
  readonly text: string
  readonly calls: readonly SdkToolCall[]
}

/** How a reader is to put it. */
export interface Style {
  readonly showsThinking: boolean
  /** True where the AI SDK may have asked for JSON by a tool of its own: the text is then what it says. */
  readonly bySdkFormat: boolean
}

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? (value as unknown[]).map(fieldsOf) : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Without what is undefined or null. */
export function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  )
}
