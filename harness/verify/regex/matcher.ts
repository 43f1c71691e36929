import { Worker } from 'node:worker_threads'
import type { PatternShape } from './step-bound.ts'
import { patternShape, stepBound } from './step-bound.ts'

/** What matching came to. `late`: it did not finish and was killed. */
export type MatchResult =
  | { readonly matched: boolean }
  | { readonly invalid: string }
  | { readonly late: true }

export interface Batch {
  readonly items: readonly { readonly pattern: string; readonly text: string }[]
}

/** Matches patterns against texts without ever hanging the process. */
export interface Matcher {
  match(pattern: string, text: string): Promise<MatchResult>
  close(): Promise<void>
}

interface Job {
  readonly pattern: string
  readonly text: string
  readonly resolve: (result: MatchResult) => void
}

/** A match that takes no more steps than this is over in a few milliseconds: not worth a thread. */
const INLINE_STEPS = 1_000_000
const MAX_KNOWN_PATTERNS = 1000
/** Characters of text sent to the worker at once, so that a batch of large replies is not copied whole. */
const MAX_BATCH_CHARS = 8_000_000
const MAX_BATCH_ITEMS = 1000

type Known =
  | { readonly regex: RegExp; readonly shape: PatternShape | undefined }
  | { readonly invalid: string }

/**
 * A matcher that tries patterns in a worker thread, in batches, and kills the thread when one match takes longer than
 * `timeoutMs`; the others of its batch are then tried again. Matches provably over at once run here.
 */
export function createMatcher({ timeoutMs }: { timeoutMs: number }): Matcher {
  const known = new Map<string, Known>()
  const waiting: Job[] = []
  let running: Job[] = []
  let worker: { readonly thread: Worker; readonly progress: Int32Array } | undefined
  let scheduled = false
  let watch: NodeJS.Timeout | undefined

  function study(pattern: string): Known {
    let entry = known.get(pattern)
    if (entry === undefined) {
      if (known.size >= MAX_KNOWN_PATTERNS) known.clear()
      entry = studyPattern(pattern)
      known.set(pattern, entry)
    }
    return entry
  }

  function schedule(): void {
    if (scheduled || running.length > 0 || waiting.length === 0) return
    scheduled = true
    // After the replies that are being checked in this turn of the event loop have all asked.
    setImmediate(() => {
      scheduled = false
      send()
    })
  }

  function send(): void {
    if (running.length > 0 || waiting.length === 0) return
    running = takeBatch(waiting)
    worker ??= start()
    worker.thread.ref()
    worker.thread.postMessage(
      {
        items: running.map(({ pattern, text }) => ({ pattern, text })),
      } satisfies Batch,
      [],
    )
    watchProgress(worker.progress)
  }

  function start(): NonNullable<typeof worker> {
    const progress = new Int32Array(new SharedArrayBuffer(4))
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
    const thread = new Worker(new URL(file, import.meta.url), { workerData: { progress } })
    thread.on('message', (results: MatchResult[]) => {
      clearInterval(watch)
      const done = running
      running = []
      thread.unref()
      done.forEach((job, index) => job.resolve(results[index] ?? { late: true }))
      schedule()
    })
    thread.on('error', (error) => {
      if (worker?.thread !== thread) return
      const failed = running
      abandon()
      for (const job of failed) job.resolve({ invalid: error.message })
      schedule()
    })
    return { thread, progress }
  }

  /** Kills the worker when it stays on one item for the whole limit. */
  function watchProgress(progress: Int32Array): void {
    const before = Atomics.load(progress, 0)
    let seen = before
    let still = 0
    const ticks = 4
    watch = setInterval(() => {
      const begun = Atomics.load(progress, 0)
      still = begun === seen && begun > before ? still + 1 : 0
      seen = begun
      if (still < ticks) return
      const [culprit] = running.splice(begun - before - 1, 1)
      waiting.unshift(...running)
      abandon()
      culprit?.resolve({ late: true })
      schedule()
    }, timeoutMs / ticks)
  }

  function abandon(): void {
    clearInterval(watch)
    running = []
    void worker?.thread.terminate()
    worker = undefined
  }

  return {
    match(pattern, text) {
      const entry = study(pattern)
      if ('invalid' in entry) return Promise.resolve(entry)
      if (entry.shape !== undefined && stepBound(entry.shape, text.length) <= INLINE_STEPS) {
        return Promise.resolve({ matched: entry.regex.test(text) })
      }
      return new Promise((resolve) => {
        waiting.push({ pattern, text, resolve })
        schedule()
      })
    },
    async close() {
      clearInterval(watch)
      await worker?.thread.terminate()
      worker = undefined
    },
  }
}

function studyPattern(pattern: string): Known {
  try {
    return { regex: new RegExp(pattern), shape: patternShape(pattern) }
  } catch (thrown) {
    return { invalid: thrown instanceof Error ? thrown.message : 'unknown error' }
  }
}

function takeBatch(waiting: Job[]): Job[] {
  let chars = 0
  let count = 0
  while (count < waiting.length && count < MAX_BATCH_ITEMS && (count === 0 || chars < MAX_BATCH_CHARS)) {
    chars += waiting[count]?.text.length ?? 0
    count += 1
  }
  return waiting.splice(0, count)
}
