import type { About } from '../../data/about.ts'
import type { FullTextSearch } from '../model/report-data.ts'
import type { Blocks } from '../read/blocks.ts'
import { pageSearcher } from './page-searcher.ts'
import type { Searcher } from './searcher.ts'
import { workerSearcher } from './worker-searcher.ts'

/**
 * Search through the texts of the run. The worker starts with the first search.
 * @param makeWorker undefined where none may be started: the page searches by itself then
 */
export function fullTextSearch(
  about: About,
  blocks: Blocks,
  makeWorker: () => Worker | undefined,
): FullTextSearch {
  const of = about.main.texts
  let searcher: Promise<Searcher> | undefined
  let newest = 0

  async function start(): Promise<Searcher> {
    const worker = makeWorker()
    return (worker && (await workerSearcher(worker, about, blocks))) ?? pageSearcher(about, blocks)
  }

  return {
    async find(words, onProgress) {
      const query = ++newest
      const found = new Uint32Array(about.main.rows)
      let count = 0
      const started = await (searcher ??= start())
      if (query === newest)
        await started.find(words, (rows, done) => {
          if (query !== newest) return
          found.set(rows, count)
          count += rows.length
          onProgress(found.subarray(0, count), done, of)
        })
      return found.subarray(0, count)
    },
    stop() {
      newest++
      void searcher?.then((started) => started.stop())
    },
  }
}
