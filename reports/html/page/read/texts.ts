import type { About } from '../../data/about.ts'
import type { ArmKind } from '../../data/ids.ts'
import { textId } from '../../data/ids.ts'
import type { Texts } from '../model/arm.ts'
import { LINES_PER_ROW, recordOf, rowLines } from '../../data/row-lines.ts'
import { blockOf } from './block-of.ts'
import type { Blocks } from './blocks.ts'
import { fromBase64, inflateText } from './inflate.ts'

/** Inflated blocks that are kept. */
const KEPT = 24

/**
 * Reads texts of rows; those who ask for one block at the same time share its inflation.
 * @param nameOf the cell's name
 */
export function blockTexts(
  about: About,
  blocks: Blocks,
  nameOf: (arm: ArmKind, row: number) => string,
): Texts {
  const kept = new Map<string, Promise<readonly string[]>>()

  function linesOf(arm: ArmKind, block: number, rows: number): Promise<readonly string[]> {
    const key = textId(arm, block)
    const lines = kept.get(key) ?? readLines(blocks.text(arm, block), rows)
    // The one that was asked for last is the last to go.
    kept.delete(key)
    kept.set(key, lines)
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    // A file beside the page may be there the next time.
    lines.catch(() => kept.get(key) === lines && kept.delete(key))
    return lines
  }

  return {
    async read(arm, row) {
      const { rows, starts } = about[arm] ?? { rows: 0, starts: [] }
      if (!(row >= 0 && row < rows)) throw new Error('This page has no such cell.')
      const block = blockOf(starts, row)
      const start = starts[block] as number
      const lines = await linesOf(arm, block, (starts[block + 1] ?? rows) - start)
      return recordOf(rowLines(lines, lines.length / LINES_PER_ROW, row - start), nameOf(arm, row))
    },
  }
}

async function readLines(content: Promise<string>, rows: number): Promise<readonly string[]> {
  const base64 = await content
  const lines = await inflated(base64)
  if (lines?.length === rows * LINES_PER_ROW) return lines
  throw new Error(
    'The texts of this cell cannot be read: this file is damaged, or cut off. Render it again with “assay report”.',
  )
}

/** The lines of a block; undefined where it is damaged. */
async function inflated(base64: string): Promise<readonly string[] | undefined> {
  try {
    return (await inflateText(fromBase64(base64))).split('\n').slice(0, -1)
  } catch {
    return undefined
  }
}
