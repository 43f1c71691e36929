import { parseObject } from './form/objects.ts'
import { roleOf } from './role.ts'

/** An answer that was sent back, and what was said of it. */
export interface SentBack {
  readonly answer: string
  readonly fault: string
}

/** What corrections found fault with in answers in JSON, and what they let be. */
export interface Faults {
  /** By key: values that were not accepted. */
  readonly rejected: ReadonlyMap<string, readonly string[]>
  /** The choice of the last answer, where the last correction speaks of its form or of other keys alone. */
  readonly kept: string | undefined
}

const ABOUT_FORM = /\bJSON\b/

/** @param rounds the latest first */
export function faultsOf(rounds: readonly SentBack[]): Faults {
  const rejected = new Map<string, string[]>()
  let kept: string | undefined
  for (const [index, { answer, fault }] of rounds.entries()) {
    const values = Object.entries(objectIn(answer) ?? {})
    const faulted = values.filter(([key]) => names(fault, key))
    for (const [key, value] of faulted) {
      if (typeof value !== 'string' && typeof value !== 'number') continue
      rejected.set(key, [...(rejected.get(key) ?? []), String(value)])
    }
    const choice = values.find(([key]) => roleOf(key) === 'answer')
    const isSpared = ABOUT_FORM.test(fault) || faulted.length > 0
    if (index === 0 && choice !== undefined && isSpared && !faulted.includes(choice)) kept = String(choice[1])
  }
  return { rejected, kept }
}

/** As a whole word: `id` is not named by `order_id`. */
function names(fault: string, key: string): boolean {
  if (key === '') return false
  for (let at = fault.indexOf(key); at !== -1; at = fault.indexOf(key, at + 1)) {
    if (!/[\w-]/.test(fault.charAt(at - 1)) && !/[\w-]/.test(fault.charAt(at + key.length))) return true
  }
  return false
}

function objectIn(answer: string): Readonly<Record<string, unknown>> | undefined {
  return parseObject(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1))
}
