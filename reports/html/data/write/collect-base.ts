import { HarnessError } from '../../../../harness/model/errors.ts'
import type { Run } from '../../../../harness/model/run.ts'
import { linesOf } from '../row-lines.ts'
import { ArmNumbers } from './arm-numbers.ts'
import type { Cases } from './cases.ts'
import { firstReply } from './first-reply.ts'
import type { FlipCollector } from './flip-texts.ts'
import { Latencies } from './latency-histograms.ts'
import type { Pairs } from './pairs.ts'
import type { RowFlags } from './row-flags.ts'
import { baseRecord } from './row-record.ts'
import { TextBlocks } from './text-blocks.ts'

export interface BaseCells {
  readonly numbers: ArmNumbers
  readonly latencies: Latencies
  readonly texts: TextBlocks
}

interface Beside {
  readonly pairs: Pairs
  readonly cases: Cases
  /** Of the run, in its order. */
  readonly metrics: readonly string[]
  readonly flags: RowFlags
  readonly flips: FlipCollector
}

/**
 * The baseline's cells of the cases and columns that the run is compared with. Undefined where there are none, and where its record
 * can no longer be read: what the comparison came to stands without it.
 */
export async function collectBase(
  baseline: Run | undefined,
  { pairs, cases, metrics, flags, flips }: Beside,
): Promise<BaseCells | undefined> {
  if (baseline === undefined || pairs.baseColumns.names.length === 0) return undefined
  const numbers = new ArmNumbers(metrics, false)
  const [latencies, texts] = [new Latencies(), new TextBlocks()]
  try {
    for await (const trial of baseline.trials({ prompts: true })) {
      const { cell } = trial
      const [caseNumber, column] = [cases.find(cell.caseId), pairs.baseColumns.find(cell)]
      if (caseNumber === -1 || column === -1) continue
      const first = firstReply(trial)
      numbers.add(trial, { caseNumber, column, flags: flags.of(cell.caseId, cell) }, first)
      latencies.add(column, first)
      flips.addBase(trial, column)
      await texts.add(linesOf(baseRecord(trial)))
    }
  } catch (error) {
    if (error instanceof HarnessError) return undefined
    throw error
  }
  return numbers.rows === 0 ? undefined : { numbers, latencies, texts }
}
