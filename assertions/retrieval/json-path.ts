const PATH = /^(?:[^.[\]]+|\[(?:\d+|\*)?\])(?:\.[^.[\]]+|\[(?:\d+|\*)?\])*$/
const STEP = /[^.[\]]+|\[(?:\d+|\*)?\]/g

/** One step of a path: a key, a position, or every item of a list (`EACH`). */
type Step = string | number | typeof EACH
const EACH = Symbol('each')

/** `documents[].id`, `results[0].source`. @throws Error for a text that is no path */
export function readPath(path: string): readonly Step[] {
  if (!PATH.test(path)) throw new Error(`${JSON.stringify(path)} is no path; a path is like documents[].id`)
  return (path.match(STEP) ?? []).map((step) => {
    if (!step.startsWith('[')) return step
    return step === '[]' || step === '[*]' ? EACH : Number(step.slice(1, -1))
  })
}

/** The values that a path leads to, in order; none where it leads nowhere. */
export function valuesAt(value: unknown, path: string): unknown[] {
  let found: unknown[] = [value]
  for (const step of readPath(path)) found = found.flatMap((inner) => take(inner, step))
  return found
}

function take(value: unknown, step: Step): unknown[] {
  if (step === EACH) return Array.isArray(value) ? (value as unknown[]) : []
  if (typeof step === 'number') return Array.isArray(value) && step < value.length ? [value[step]] : []
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, step)
  return isThere ? [(value as Record<string, unknown>)[step]] : []
}
