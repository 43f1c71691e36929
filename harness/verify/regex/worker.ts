import { parentPort, workerData } from 'node:worker_threads'
import type { Batch, MatchResult } from './matcher.ts'

/** Matches batches of patterns in a thread that can be killed: a backtracking pattern cannot be stopped otherwise. */

const { progress } = workerData as { progress: Int32Array }
const MAX_COMPILED = 1000
const compiled = new Map<string, RegExp>()

parentPort?.on('message', ({ items }: Batch) => {
  const results = items.map(({ pattern, text }): MatchResult => {
    // One more item begun: the main thread sees a number that stands still when one hangs.
    Atomics.add(progress, 0, 1)
    return { matched: compile(pattern).test(text) }
  })
  parentPort?.postMessage(results, [])
})

function compile(pattern: string): RegExp {
  let regex = compiled.get(pattern)
  if (regex === undefined) {
    if (compiled.size >= MAX_COMPILED) compiled.clear()
    regex = new RegExp(pattern)
    compiled.set(pattern, regex)
  }
  return regex
}
