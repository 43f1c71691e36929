// Preloaded into a measured process: on exit, appends its peak resident memory (KiB) to the file named by the environment.
import { appendFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  process.on('exit', () => {
    appendFileSync(process.env.ASSAY_BENCH_MEMORY, `${process.resourceUsage().maxRSS}\n`)
  })
}
