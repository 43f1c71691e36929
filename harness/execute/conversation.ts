import type { Cell } from '../model/cell.ts'
import type { Provider, ProviderResponse } from '../model/provider.ts'

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

  /** Adds the turns so far and everything stored so far to the vars of a cell. Stored outputs win over the case's vars. */
  enter(vars: Record<string, unknown>, cell: Cell, provider: Provider): void {
    if (
      cell.column.prompt.raw.includes(VARIABLE) &&
      cell.case.test.options?.disableConversationVar !== true
    ) {
      vars[VARIABLE] = this.#turns.get(keyOf(cell, provider)) ?? []
    }
    Object.assign(vars, this.#registers)
  }

  /** Remembers a turn, be it a reply or an error that the provider reported. */
  remember(cell: Cell, provider: Provider, prompt: string, response: ProviderResponse): void {
    const key = keyOf(cell, provider)
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

  /** Stores the output of a case that has `options.storeOutputAs`, for the cells after it. */
  store(cell: Cell, output: unknown): void {
    const name = cell.case.test.options?.storeOutputAs
    if (name !== undefined && output) this.#registers[name] = output
  }
}

function keyOf({ column, case: { test } }: Cell, provider: Provider): string {
  return JSON.stringify([
    provider.label || provider.id(),
    column.prompt.id,
    column.index,
    test.metadata?.['conversationId'],
  ])
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
