/**
 * `npm run simulate-gate`: how often the gate is wrong, measured through the code that decides real runs. Draws pairs of
 * runs from worlds where the truth is known, trial by trial, compares and decides them, and prints what came of it beside
 * what must hold. Exit 1 when a criterion does not hold.
 *
 * `--quick` draws fewer; `--only NAME` (repeatable) selects tables; `--seed N`; `--jobs N` threads (the figures do not
 * depend on it); `--json` prints counts and criteria instead. `--suite FILE [--times N]` gates a real suite against
 * itself instead, each time with two fresh seeds of its simulated models.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { asJson, tableText } from './simulate-gate/print.ts'
import { allHold, simulate } from './simulate-gate/simulate.ts'
import { suiteText, unchangedSuite } from './simulate-gate/suite.ts'
import { TABLES } from './simulate-gate/tables.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: TABLES.map(({ key }) => key) },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    suite: { type: 'string' },
    times: { type: 'string', default: '200' },
  },
})
const seed = wholeNumber('seed', values.seed, 0)
const threads = wholeNumber('jobs', values.jobs, 1)

if (values.suite === undefined) await simulateTables()
else await gateSuite(values.suite)

async function simulateTables(): Promise<void> {
  for (const name of values.only) {
    if (!TABLES.some(({ key }) => key === name)) {
      throw new Error(`--only ${name}: expected one of ${TABLES.map(({ key }) => key).join(', ')}`)
    }
  }
  const { quick, json, only } = values
  const tables = TABLES.filter(({ key }) => only.includes(key))
  const simulated = await simulate({ tables, seed, quick, threads, onProgress })
  if (json) console.log(JSON.stringify(asJson(simulated, { seed, quick }), null, 2))
  else for (const one of simulated) console.log(tableText(one))
  const holds = allHold(simulated)
  console.error(
    `${holds ? 'Every criterion holds' : 'A criterion does not hold'} (seed ${seed}, ${seconds()} s).`,
  )
  process.exitCode = holds ? 0 : 1
}

async function gateSuite(file: string): Promise<void> {
  const times = wholeNumber('times', values.times, 1)
  const result = await unchangedSuite({ file, times, seed, onProgress })
  console.log(values.json ? JSON.stringify(result, null, 2) : suiteText(result))
  process.exitCode = result.holds ? 0 : 1
}

function onProgress(done: number, of: number): void {
  const text = `${Math.round((100 * done) / of)}% (${seconds()} s)`
  if (process.stderr.isTTY) process.stderr.write(`\r${text} ${done === of ? '\n' : ''}`)
  else if (Math.floor((20 * done) / of) > Math.floor((20 * (done - 1)) / of)) console.error(text)
}

function seconds(): string {
  return (performance.now() / 1000).toFixed(0)
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`--${name} ${text}: expected a whole number from ${least} on`)
  }
  return value
}
