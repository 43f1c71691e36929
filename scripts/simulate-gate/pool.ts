import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Chunk, Counts } from './draw-chunk.ts'

/**
 * Draws chunks on so many threads.
 * @param onDrawn told of each, in the order they are finished
 */
export async function drawOnThreads(
  chunks: readonly Chunk[],
  threads: number,
  onDrawn: (chunk: Chunk, counts: Counts) => void,
): Promise<void> {
  const queue = chunks.values()
  const workers = Array.from({ length: Math.min(threads, chunks.length) }, () => new Worker(WORKER, ROOMY))
  try {
    await Promise.all(workers.map((worker) => drawFrom(queue, worker, onDrawn)))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

const WORKER = new URL('./worker.ts', import.meta.url)

/** Simulated trials die young: with more room for them, a fifth less time goes into clearing up. */
const ROOMY = { resourceLimits: { maxYoungGenerationSizeMb: 96 } }

async function drawFrom(
  queue: Iterable<Chunk>,
  worker: Worker,
  onDrawn: (chunk: Chunk, counts: Counts) => void,
): Promise<void> {
  for (const chunk of queue) {
    // An error in the worker rejects this.
    const drawn = once(worker, 'message')
    worker.postMessage(chunk, [])
    const [counts] = (await drawn) as [Counts]
    onDrawn(chunk, counts)
  }
}
