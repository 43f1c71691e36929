import { createHash } from 'node:crypto'
import { makeRandom } from '../../harness/stats/random.ts'
import type { Scenario } from './scenario.ts'

/** Replicates that are drawn from one seed: results do not depend on who draws which chunk. */
export const CHUNK = 50

/** One piece of a scenario's replicates. */
export interface Chunk {
  readonly table: string
  readonly scenario: string
  /** From 0, within the scenario. */
  readonly index: number
  readonly replicates: number
  readonly seed: number
}

/** How often each event happened. */
export type Counts = Record<string, number>

/** Draws the replicates of one chunk. */
export function drawChunk(scenario: Scenario, { table, index, replicates, seed }: Chunk): Counts {
  const random = makeRandom(seedOf(`${seed} ${table} ${scenario.name} ${index}`))
  const counts: Counts = {}
  for (let replicate = 0; replicate < replicates; replicate++) {
    scenario.simulate(random, (event, by = 1) => {
      counts[event] = (counts[event] ?? 0) + by
    })
  }
  return counts
}

/** A scenario's replicates in chunks. */
export function chunksOf(table: string, scenario: Scenario, replicates: number, seed: number): Chunk[] {
  return Array.from({ length: Math.ceil(replicates / CHUNK) }, (_, index) => ({
    table,
    scenario: scenario.name,
    index,
    replicates: Math.min(CHUNK, replicates - index * CHUNK),
    seed,
  }))
}

function seedOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE()
}
