import type { Step } from './step.ts'

/** Indexes of the steps whose tool told an error, and of those the ones that nothing that worked came after. */
export function errorsIn(steps: readonly Step[]): {
  readonly errors: readonly number[]
  readonly unrecovered: readonly number[]
} {
  const errors = steps.flatMap(({ result }, index) => (result?.isError === true ? [index] : []))
  // What was called in the same turn could not know of the error.
  const lastWorked = steps.reduce(
    (last, { result, turn }) => (result?.isError === false ? Math.max(last, turn) : last),
    -1,
  )
  return { errors, unrecovered: errors.filter((index) => lastWorked <= (steps[index]?.turn ?? 0)) }
}
