import { HarnessError } from '../harness/model/errors.ts'
import type { ComparisonOptions, FailOn } from '../harness/model/run-options.ts'
import type { RunRequest } from '../harness/run-request.ts'
import type { Io } from './io.ts'
import type { SelectionOptions } from './selection.ts'
import { readSelection } from './selection.ts'
import { realWorld } from './world.ts'

/** The options of `assay run`, as the command line gives them. */
export interface RunOptions extends SelectionOptions {
  readonly concurrency?: number
  readonly out?: string
  readonly maxCost?: number
  readonly record: boolean
  readonly replay: boolean
  readonly cache: boolean
  readonly reporter: readonly string[]
  readonly json: boolean
  readonly envFile: readonly string[]
  readonly allowOutside: boolean
  readonly baseline?: string
  readonly map?: Readonly<Record<string, string>>
  readonly rerunBaseline: boolean
  readonly settle: boolean
  readonly stopEarly: boolean
  readonly strict: boolean
  readonly failOn?: FailOn
  readonly watch: boolean
  readonly port?: number
  readonly open: boolean
  readonly serve: boolean
}

/** What is asked of every suite alike. */
export type CommonRequest = Omit<RunRequest, 'suite' | 'maxCostUsd'>

/** @throws HarnessError `usage` for options that exclude each other, `empty` as `readSelection` does */
export async function commonRequest(
  options: RunOptions,
  command: readonly string[],
  io: Io,
): Promise<CommonRequest> {
  const { concurrency, out, allowOutside, envFile: envFiles } = options
  const chosen = await readSelection(options, io)
  const selection = options.stopEarly ? { ...chosen, shuffle: shuffleSeed(options, io) } : chosen
  return {
    selection,
    concurrency,
    out,
    allowOutside,
    envFiles,
    command,
    comparison: comparisonOf(options),
    ...repliesOf(options),
  }
}

/** Another order every time: in one and the same the last cases would never be looked at. */
export function shuffleSeed({ seed }: Pick<RunOptions, 'seed'>, io: Io): number {
  return seed ?? Math.floor(realWorld(io).random() * 2 ** 31)
}

/** What was asked for, and nothing else: it is recorded. */
function comparisonOf(options: RunOptions): ComparisonOptions {
  const { baseline, map, rerunBaseline, settle, stopEarly, strict, failOn } = options
  return {
    ...(baseline !== undefined && { baseline }),
    ...(map !== undefined && { renamed: map }),
    ...(rerunBaseline && { rerunBaseline }),
    ...(settle && { settle }),
    ...(stopEarly && { stopEarly }),
    ...(strict && { strict }),
    ...(failOn !== undefined && { failOn }),
  }
}

/** Where replies may come from, and whether they are kept. */
function repliesOf({ record, replay, cache }: RunOptions): {
  cassette?: 'record' | 'replay'
  cache: boolean
} {
  if (record && replay) {
    throw new HarnessError('usage', '--record and --replay exclude each other', {
      hint: '--record answers from the cassette too, and calls what it lacks',
    })
  }
  if (replay) return { cassette: 'replay', cache: false }
  return record ? { cassette: 'record', cache } : { cache }
}
