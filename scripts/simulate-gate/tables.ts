import type { Scenario, Table } from './scenario.ts'
import { atMargin } from './tables/at-margin.ts'
import { confirmation } from './tables/confirmation.ts'
import { latency } from './tables/latency.ts'
import { peeking } from './tables/peeking.ts'
import { power } from './tables/power.ts'
import { reuse } from './tables/reuse.ts'
import { settling } from './tables/settling.ts'
import { unchanged } from './tables/unchanged.ts'

/** In the order they are printed. */
export const TABLES: readonly Table[] = [
  unchanged,
  atMargin,
  power,
  confirmation,
  latency,
  peeking,
  settling,
  reuse,
]

/** @throws where there is none: the caller's mistake */
export function scenarioOf(table: string, name: string): Scenario {
  const scenario = TABLES.find(({ key }) => key === table)?.scenarios.find((one) => one.name === name)
  if (scenario === undefined) throw new Error(`no scenario ${table}: ${name}`)
  return scenario
}
