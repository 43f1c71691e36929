import { queryOf, searchBlock } from './search-block.ts'

/** Blocks of texts, in their order. */
export interface SearchedBlocks {
  /** The first row of each. */
  readonly starts: readonly number[]
  /** @throws Error where the block is missing or damaged */
  readonly text: (block: number) => Promise<string>
}

export interface SearchEvents {
  /** Told after each block. */
  readonly onBlock: (rows: readonly number[], done: number) => void
  /** False once nobody waits for it any more. */
  readonly isWanted: () => boolean
}

/** Searches block by block. @throws Error with a sentence for people where some could not be read: the others were searched */
export async function searchBlocks(
  { starts, text }: SearchedBlocks,
  words: readonly string[],
  { onBlock, isWanted }: SearchEvents,
): Promise<void> {
  const query = queryOf(words)
  let unread = 0
  for (const [block, start] of starts.entries()) {
    let rows: number[] = []
    try {
      const content = await text(block)
      if (!isWanted()) return
      rows = searchBlock(content, query).map((place) => start + place)
    } catch {
      unread++
    }
    if (!isWanted()) return
    onBlock(rows, block + 1)
  }
  if (unread > 0)
    throw new Error(
      `${unread} of ${starts.length} blocks of texts are missing or damaged. What is found is in the others.`,
    )
}
