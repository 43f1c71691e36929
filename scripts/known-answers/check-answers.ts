import { ZodError } from 'zod'
import type { KnownAnswer } from './parse-answers.ts'
import { METHODS } from './methods.ts'

/** An entry whose method gives something else, or throws. */
export interface Mismatch {
  readonly id: string
  readonly expected: unknown
  readonly got: unknown
  readonly tolerance: number
}

/** The entries that fail. Throws an Error for a method that is not known, and for inputs that are not the method's. */
export function mismatches(answers: readonly KnownAnswer[]): Mismatch[] {
  const failed: Mismatch[] = []
  for (const { id, method, inputs, expected, tolerance } of answers) {
    const work = METHODS.get(method)
    if (work === undefined) throw new Error(`${id}: unknown method "${method}"`)
    const got = answerOf(id, () => work(inputs))
    if (!agrees(got, expected, tolerance)) failed.push({ id, expected, got, tolerance })
  }
  return failed
}

function answerOf(id: string, work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    if (error instanceof ZodError) {
      const [issue] = error.issues
      throw new Error(`${id}: inputs.${issue?.path.join('.')}: ${issue?.message}`, { cause: error })
    }
    if (error instanceof RangeError) return error.message
    throw error
  }
}

/** Numbers within the tolerance, all else equal. What the answer holds beyond what is expected does not matter. */
function agrees(got: unknown, expected: unknown, tolerance: number): boolean {
  if (typeof expected === 'number') return typeof got === 'number' && Math.abs(got - expected) <= tolerance
  if (Array.isArray(expected)) {
    return (
      Array.isArray(got) &&
      got.length === expected.length &&
      expected.every((value, i) => agrees(got[i], value, tolerance))
    )
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof got !== 'object' || got === null) return false
    const fields = got as Readonly<Record<string, unknown>>
    return Object.entries(expected).every(([key, value]) => agrees(fields[key], value, tolerance))
  }
  return got === expected
}
