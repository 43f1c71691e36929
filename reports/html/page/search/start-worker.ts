import type { TrustedUrl } from '../read/trusted.ts'

/** Starts a worker of the page's own text. Undefined where a browser, or the policy of whoever serves the page, does not have it. */
export function startWorker(source: string, trust: TrustedUrl): Worker | undefined {
  if (source === '') return undefined
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  try {
    return new Worker(trust(address))
  } catch {
    return undefined
  } finally {
    // The worker has been given its text by the time that this runs.
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }
}
