import type { About } from '../../data/about.ts'
import type { Blocks } from '../read/blocks.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { pause } from './pause.ts'
import type { Searcher } from './searcher.ts'

/** ms of handing blocks over before the page draws or listens again. */
const SLICE_MS = 8

interface Current {
  readonly query: number
  readonly onFound: (rows: Uint32Array, done: number) => void
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/**
 * Searches in a worker, which is handed all blocks once, in slices. Undefined where the worker does not start: a policy may forbid it
 * without a word.
 */
export async function workerSearcher(
  worker: Worker,
  { main: { starts } }: About,
  blocks: Blocks,
): Promise<Searcher | undefined> {
  const tell = (message: ToWorker) => worker.postMessage(message, [])
  const started = await new Promise<boolean>((resolve) => {
    worker.addEventListener('message', () => resolve(true), { once: true })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      resolve(false)
    })
  })
  if (!started) return undefined
  let current: Current | undefined
  let queries = 0
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (current === undefined || data.kind === 'ready' || data.query !== current.query) return
    if (data.kind === 'found') return current.onFound(data.rows, data.done)
    const { resolve, reject } = current
    current = undefined
    if (data.problem === undefined) resolve()
    else reject(new Error(data.problem))
  })
  worker.addEventListener('error', () => {
    current?.reject(new Error('The search has ended: the browser has no memory left for it.'))
    current = undefined
  })
  tell({ kind: 'blocks', starts })
  void handOver()
  return {
    async find(words, onFound) {
      current?.resolve()
      const query = ++queries
      return new Promise((resolve, reject) => {
        current = { query, onFound, resolve, reject }
        tell({ kind: 'find', query, words })
      })
    },
    stop() {
      current?.resolve()
      current = undefined
      tell({ kind: 'stop' })
    },
  }

  async function handOver(): Promise<void> {
    let since = performance.now()
    for (const block of starts.keys()) {
      const content = await blocks.text('main', block).catch(() => undefined)
      tell({ kind: 'block', block, content })
      if (performance.now() - since < SLICE_MS) continue
      await pause()
      since = performance.now()
    }
  }
}
