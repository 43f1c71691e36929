/** Draws chunks of scenarios, one after the other, as the main thread asks for them. */
import { parentPort } from 'node:worker_threads'
import type { Chunk } from './draw-chunk.ts'
import { drawChunk } from './draw-chunk.ts'
import { scenarioOf } from './tables.ts'

const port = parentPort
if (port === null) throw new Error('worker.ts runs in a worker thread')
port.on('message', (chunk: Chunk) => {
  port.postMessage(drawChunk(scenarioOf(chunk.table, chunk.scenario), chunk))
})
