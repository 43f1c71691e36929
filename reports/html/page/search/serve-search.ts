import { fromBase64, inflateText } from '../read/inflate.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { searchBlocks } from './search-blocks.ts'

/** ms between two messages of what was found. */
const TELL_EVERY_MS = 50

/** The page, as its worker sees it. */
export interface Page {
  addEventListener(type: 'message', listener: (event: { readonly data: ToWorker }) => void): void
  postMessage(message: FromWorker, transfer: Transferable[]): void
}

/** Keeps the blocks that the page hands over, compressed, and searches them: the newest query alone. */
export function serveSearch(page: Page): void {
  const blocks: PromiseWithResolvers<Uint8Array<ArrayBuffer>>[] = []
  let starts: readonly number[] = []
  let newest = 0

  page.addEventListener('message', ({ data }) => {
    if (data.kind === 'blocks') {
      starts = data.starts
      for (const _ of starts) blocks.push(Promise.withResolvers())
      // One that is missing is told of by the search that needs it.
      for (const { promise } of blocks) promise.catch(() => {})
    } else if (data.kind === 'block') {
      const { block, content } = data
      if (content === undefined) blocks[block]?.reject(new Error('missing'))
      else take(block, content)
    } else if (data.kind === 'find') {
      newest = data.query
      void find(data.query, data.words)
    } else newest = 0
  })
  page.postMessage({ kind: 'ready' }, [])

  function take(block: number, content: string): void {
    try {
      blocks[block]?.resolve(fromBase64(content))
    } catch (error) {
      blocks[block]?.reject(error)
    }
  }

  async function find(query: number, words: readonly string[]): Promise<void> {
    let rows: number[] = []
    let [done, told] = [0, -Infinity]
    const tell = () => {
      told = performance.now()
      const found = Uint32Array.from(rows)
      rows = []
      page.postMessage({ kind: 'found', query, rows: found, done }, [found.buffer])
    }
    const searched = {
      starts,
      text: async (block: number) =>
        inflateText(await (blocks[block] as PromiseWithResolvers<Uint8Array<ArrayBuffer>>).promise),
    }
    const isWanted = () => query === newest
    let problem: string | undefined
    try {
      await searchBlocks(searched, words, {
        isWanted,
        onBlock(found, number) {
          rows.push(...found)
          done = number
          if (performance.now() - told >= TELL_EVERY_MS) tell()
        },
      })
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
    }
    if (!isWanted()) return
    tell()
    page.postMessage({ kind: 'end', query, problem }, [])
  }
}
