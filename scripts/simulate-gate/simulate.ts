import { judge } from './criteria.ts'
import type { Judged } from './criteria.ts'
import { CHUNK, chunksOf } from './draw-chunk.ts'
import type { Counts } from './draw-chunk.ts'
import { drawOnThreads } from './pool.ts'
import type { Result, Scenario, Table } from './scenario.ts'

/** What is to be simulated. */
export interface SimulateOptions {
  readonly tables: readonly Table[]
  readonly seed: number
  /** Fewer scenarios, fewer replicates, the same criteria. */
  readonly quick: boolean
  readonly threads: number
  /** Replicates drawn so far, of all. */
  readonly onProgress?: (drawn: number, of: number) => void
}

/** A scenario's result with what was asked of it. */
export interface Row extends Result {
  readonly judged: readonly Judged[]
}

/** One table, simulated. */
export interface Simulated {
  readonly table: Table
  readonly rows: readonly Row[]
}

/** Draws every scenario and holds it against its criteria. The same seed gives the same counts on any number of threads. */
export async function simulate(options: SimulateOptions): Promise<Simulated[]> {
  const { tables, seed, quick, threads, onProgress } = options
  const wanted = tables
    .map((table) => ({
      table,
      scenarios: table.scenarios.filter((scenario) => replicatesOf(scenario, quick) > 0),
    }))
    .filter(({ scenarios }) => scenarios.length > 0)
  const chunks = wanted.flatMap(({ table, scenarios }) =>
    scenarios.flatMap((scenario) => chunksOf(table.key, scenario, replicatesOf(scenario, quick), seed)),
  )
  const drawn = new Map<string, Counts>()
  let done = 0
  await drawOnThreads(chunks, threads, ({ table, scenario }, counts) => {
    const key = keyOf(table, scenario)
    drawn.set(key, added(drawn.get(key) ?? {}, counts))
    onProgress?.(Math.min(++done, chunks.length) * CHUNK, chunks.length * CHUNK)
  })
  return wanted.map(({ table, scenarios }) => ({
    table,
    rows: scenarios.map((scenario) => {
      const { name, criteria } = scenario
      const counts = drawn.get(keyOf(table.key, name)) ?? {}
      const result = { name, replicates: replicatesOf(scenario, quick), counts }
      return { ...result, judged: judge(criteria, result) }
    }),
  }))
}

/** True when every criterion of every table holds. */
export function allHold(simulated: readonly Simulated[]): boolean {
  return simulated.every(({ rows }) => rows.every(({ judged }) => judged.every(({ holds }) => holds)))
}

function replicatesOf({ replicates }: Scenario, quick: boolean): number {
  return quick ? (replicates.quick ?? 0) : replicates.full
}

function keyOf(table: string, scenario: string): string {
  return `${table}\n${scenario}`
}

/** Whole numbers: the order of adding does not matter. */
function added(a: Counts, b: Counts): Counts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)].sort())
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]))
}
