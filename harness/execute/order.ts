import type { Case } from '../model/case.ts'
import type { Cell } from '../model/cell.ts'
import type { Plan } from '../model/plan.ts'

/** Cells of one chain run in the order of the plan, each after the one before has ended; cells of none run freely. */
export interface Order {
  /** The chain a cell belongs to; undefined for a cell that may run at any time. */
  chainOf(cell: Cell): string | undefined
  /** True where there is one chain for the whole run, over all accounts. */
  readonly isOne: boolean
}

/**
 * What has to keep its order, and nothing else. Turns of one conversation follow each other. Outputs that are stored
 * (`storeOutputAs`) are seen by every later cell that names them, in whatever column, as under promptfoo: such cells make
 * one chain. Undefined when every cell may run freely.
 */
export async function orderOf(plan: Plan): Promise<Order | undefined> {
  if (!plan.suite.serial) return undefined
  const registers = await storedNames(plan)
  if (registers.size === 0) return { isOne: false, chainOf: conversationOf }
  const known = new WeakMap<Case, boolean>()
  const mentions = (testCase: Case): boolean => {
    const answer = known.get(testCase) ?? mentionsAny(textOf(testCase), registers)
    known.set(testCase, answer)
    return answer
  }
  const isOrdered = (cell: Cell): boolean =>
    conversationOf(cell) !== undefined ||
    cell.column.prompt.function !== undefined ||
    mentionsAny(cell.column.prompt.raw, registers) ||
    mentions(cell.case)
  return { isOne: true, chainOf: (cell) => (isOrdered(cell) ? '' : undefined) }
}

async function storedNames(plan: Plan): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for await (const { test } of plan.suite.cases()) {
    const name = test.options?.storeOutputAs
    if (name !== undefined) names.add(name)
  }
  return names
}

/**
 * A conversation belongs to a provider and a prompt, and to a `conversationId` where one is written. A test that does not
 * look at it (`disableConversationVar`) is a turn of it all the same.
 */
export function conversationOf({ column, case: { test } }: Cell): string | undefined {
  if (!column.prompt.raw.includes('_conversation')) return undefined
  return JSON.stringify([column.index, test.metadata?.['conversationId']])
}

/** Code may look at any variable: what is written in it, or in a file, is taken to name all of them. */
function textOf({ test }: Case): string | undefined {
  let opaque = false
  try {
    const text = JSON.stringify(test, (_key, value: unknown) => {
      if (typeof value === 'function' || (typeof value === 'string' && value.startsWith('file://')))
        opaque = true
      return value
    })
    return opaque ? undefined : text
  } catch {
    // A provider's own object, which may hold anything.
    return undefined
  }
}

function mentionsAny(text: string | undefined, names: ReadonlySet<string>): boolean {
  return text === undefined || [...names].some((name) => text.includes(name))
}

/** Runs the cells of a chain one after the other. Once one has come to nothing, those after it cannot be run either. */
export class Chains {
  readonly #tails = new Map<string, Promise<boolean>>()

  /** @param run resolves to whether the cell ended with a result; told whether those before it did */
  follow(chain: string, run: (intact: boolean) => Promise<boolean>): Promise<boolean> {
    const before = this.#tails.get(chain) ?? Promise.resolve(true)
    const own: Promise<boolean> = before.then(async (intact) => {
      const isIntact = (await run(intact)) && intact
      // A chain that is intact begins anew as it would go on, and there may be as many as cells.
      if (isIntact && this.#tails.get(chain) === own) this.#tails.delete(chain)
      return isIntact
    })
    this.#tails.set(chain, own)
    return own
  }
}
