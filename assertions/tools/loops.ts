import { canonicalJson } from '../shared/canonical-json.ts'
import type { Rules } from './config.ts'
import type { Step } from './step.ts'
import { stepName } from './step.ts'

/** Steps as they compare. */
interface Way {
  readonly steps: readonly Step[]
  /** Tool and arguments. */
  readonly calls: readonly string[]
  /** The call and what it was made out of, where the transcript tells that; else the call and what came of it. */
  readonly keys: readonly string[]
}

/**
 * The first loop, in one clause.
 * - a cycle of 2 to `cycle` steps gone through `times` times in a row;
 * - a step made `repeats` times with nothing between that was not there before.
 *
 * Calls of one turn do not repeat each other, for none of them knew of another's result. Nor is it a loop that ends in the same call having
 * another result: that was waiting for it.
 */
export function loopIn(
  steps: readonly Step[],
  { repeats, cycle, times }: NonNullable<Rules['loops']>,
): string | undefined {
  const calls = steps.map(({ tool, args, fault }) => `${tool}\u0000${fault ?? canonicalJson(args)}`)
  const keys = steps.map(
    ({ state, result }, index) =>
      `${calls[index]}\u0000${state === undefined ? `result ${canonicalJson(result?.value)}` : `state ${canonicalJson(state)}`}`,
  )
  const way = { steps, calls, keys }
  return cycled(way, cycle, times) ?? repeated(way, repeats)
}

/** Whether the step is a call that worked, with news. */
function hasNews({ steps, calls }: Way, index: number, among: readonly number[]): boolean {
  return steps[index]?.result?.isError === false && among.some((earlier) => calls[earlier] === calls[index])
}

function cycled(way: Way, longest: number, times: number): string | undefined {
  const { steps, keys } = way
  for (let length = 2; length <= longest; length++) {
    let run = 0
    for (let index = length; index <= keys.length; index++) {
      const before = index - length
      if (index < keys.length && keys[index] === keys[before] && steps[index]?.turn !== steps[before]?.turn) {
        run++
        continue
      }
      const first = before - run
      const isCycle = run >= length * (times - 1)
      run = 0
      // One call over and over is no cycle of several: it is a repeated call, or fewer times than counts.
      if (!isCycle || new Set(keys.slice(first, first + length)).size === 1) continue
      if (hasNews(way, index, [before])) continue
      return `it loops: steps ${first + 1}–${first + length} are gone through again and again from step ${first + length + 1} on, with nothing new`
    }
  }
  return undefined
}

function repeated(way: Way, repeats: number): string | undefined {
  const { steps, keys } = way
  const known = new Set<string>()
  // Since the last step that was new: by key, where it was made.
  let since = new Map<string, number[]>()
  for (let index = 0; index <= keys.length; index++) {
    const key = keys[index]
    if (key === undefined || !known.has(key)) {
      const worst = [...since.values()].find(({ length }) => length >= repeats)
      if (worst !== undefined && !hasNews(way, index, [...since.values()].flat()))
        return clause(way.steps, worst)
      since = new Map()
    }
    if (key === undefined) break
    known.add(key)
    const made = since.get(key)
    if (made === undefined) since.set(key, [index])
    else if (steps[made.at(-1) ?? 0]?.turn !== steps[index]?.turn) made.push(index)
  }
  return undefined
}

function clause(steps: readonly Step[], made: readonly number[]): string {
  const [first = 0] = made
  const step = steps[first]
  const shown = made.slice(0, 5).map((index) => index + 1)
  const list = `${shown.join(', ')}${made.length > 5 ? ', …' : ''}`
  return `it loops: ${step === undefined ? '' : stepName(step, first)} was made ${made.length} times with nothing new (steps ${list})`
}
