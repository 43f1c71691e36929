import type { About } from '../../data/about.ts'
import type { Blocks } from '../read/blocks.ts'
import { fromBase64, inflateText } from '../read/inflate.ts'
import { pause } from './pause.ts'
import { searchBlocks } from './search-blocks.ts'
import type { Searcher } from './searcher.ts'

/** Searches in the page itself, a block at a time, where no worker may be started. */
export function pageSearcher({ main: { starts } }: About, blocks: Blocks): Searcher {
  let newest = 0
  return {
    async find(words, onFound) {
      const query = ++newest
      const text = async (block: number) => {
        // Whoever types goes first.
        await pause()
        return inflateText(fromBase64(await blocks.text('main', block)))
      }
      const isWanted = () => query === newest
      await searchBlocks({ starts, text }, words, { onBlock: onFound, isWanted })
    },
    stop() {
      newest++
    },
  }
}
