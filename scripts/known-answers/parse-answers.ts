import { z } from 'zod'

/** A whole file of reference values. What else it tells (versions, conventions) is for people. */
const answersFile = z.object({
  entries: z
    .array(
      z.object({
        id: z.string(),
        method: z.string(),
        inputs: z.record(z.string(), z.unknown()),
        expected: z.unknown().refine((value) => value !== undefined, 'is missing'),
        tolerance: z.number().nonnegative(),
      }),
    )
    .min(1),
})

/** One reference value: what a method gives for its inputs, and how far off each number may be. */
export interface KnownAnswer {
  readonly id: string
  readonly method: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly expected: unknown
  /** Absolute; 0 is exact. */
  readonly tolerance: number
}

/** The entries of a file's text. Throws an Error that says what is wrong with it. */
export function parseAnswers(text: string): KnownAnswer[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`not JSON: ${(error as Error).message}`, { cause: error })
  }
  const parsed = answersFile.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`not a file of known answers: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  return parsed.data.entries
}
