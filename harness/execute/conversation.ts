import type { Cell } from '../model/cell.ts'
import type { ProviderResponse } from '../model/provider.ts'
import type { Order } from './order.ts'
import { conversationOf } from './order.ts'

const VARIABLE = '_conversation'

interface Turn {
  readonly prompt: unknown
  readonly input: unknown
  readonly output: unknown
  readonly metadata: Record<string, unknown> | undefined
}

/** What passes from one cell to the next in a serial run: promptfoo's `_conversation` and `storeOutputAs`. */
export class Conversation {
  readonly #turns = new Map<string, Turn[]>()
  readonly #registers: Record<string, unknown> = {}
  readonly #order: Order
  /** Cells still to end, by conversation. */
  readonly #toCome: Map<string, number>

  /** @param toCome cells of each conversation (see `cellsOfConversations`): with the last one its turns are let go of */
  constructor(order: Order, toCome: Map<string, number>) {
    this.#order = order
    this.#toCome = toCome
  }

  /**
   * Adds the turns so far and everything stored so far to the vars of a cell. Stored outputs win over the case's vars. A
   * cell without a place in the order names none, and is shown none: what it would be shown were chance.
   */
  enter(vars: Record<string, unknown>, cell: Cell): void {
    const key = conversationOf(cell)
    if (key !== undefined && cell.case.test.options?.disableConversationVar !== true)
      vars[VARIABLE] = this.#turns.get(key) ?? []
    if (this.#order.chainOf(cell) !== undefined) Object.assign(vars, this.#registers)
  }

  /** Remembers a turn, be it a reply or an error that the provider reported. */
  remember(cell: Cell, prompt: string, response: ProviderResponse): void {
    const key = conversationOf(cell)
    if (key === undefined) return
    const turns = this.#turns.get(key) ?? []
    this.#turns.set(key, turns)
    const parsed = tryParse(prompt)
    turns.push({
      prompt: parsed || prompt,
      input: lastInput(parsed) || parsed || prompt,
      output: response.output || '',
      metadata: response.metadata,
    })
  }

  /** A cell has ended, whatever came of it. */
  ended(cell: Cell): void {
    const key = conversationOf(cell)
    const left = key === undefined ? undefined : this.#toCome.get(key)
    if (key === undefined || left === undefined) return
    if (left > 1) this.#toCome.set(key, left - 1)
    else {
      this.#toCome.delete(key)
      this.#turns.delete(key)
    }
  }

  /** Stores the output of a case that has `options.storeOutputAs`, for the cells after it. */
  store(cell: Cell, output: unknown): void {
    const name = cell.case.test.options?.storeOutputAs
    if (name !== undefined && output) this.#registers[name] = output
  }
}

/** How many cells each conversation has. */
export async function cellsOfConversations(cells: AsyncIterable<Cell>): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for await (const cell of cells) {
    const key = conversationOf(cell)
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** The content of the last message of a chat. */
function lastInput(parsed: unknown): unknown {
  if (!Array.isArray(parsed)) return undefined
  const last = parsed.at(-1) as { content?: unknown } | undefined
  return last?.content || last
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
