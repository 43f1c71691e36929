import type { ColumnName } from '../../../../harness/model/column-name.ts'
import type { Field } from '../about.ts'
import type { ArmNumbers } from './arm-numbers.ts'
import { gzip } from './gzip.ts'
import { packNumbers } from './pack-numbers.ts'
import type { TextBlocks } from './text-blocks.ts'

/** An arm as the page has it. */
export interface PackedArm {
  readonly rows: number
  readonly columns: readonly ColumnName[]
  readonly fields: readonly Field[]
  /** Compressed, as the texts are. */
  readonly numbers: Buffer
  readonly texts: readonly Buffer[]
  /** The first row of each block of texts. */
  readonly starts: readonly number[]
}

export async function packArm(
  numbers: ArmNumbers,
  columns: readonly ColumnName[],
  texts: TextBlocks,
): Promise<PackedArm> {
  const { fields, bytes } = packNumbers(numbers)
  const [packed, blocks] = await Promise.all([gzip(bytes), texts.finish()])
  return { rows: numbers.rows, columns, fields, numbers: packed, texts: blocks, starts: texts.starts }
}
