import { messageOf } from '../model/errors.ts'
import type { Provider } from '../model/provider.ts'

/** A provider that does not let go within this time is left behind. */
const PATIENCE_MS = 10_000

/** Lets every provider close what it holds. One that throws or hangs is told of and keeps no other from it. */
export async function cleanUp(
  providers: Iterable<Provider>,
  onWarning: (message: string) => void,
): Promise<void> {
  await Promise.all(
    [...providers].map(async (provider) => {
      if (typeof provider.cleanup !== 'function') return
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`no end after ${PATIENCE_MS} ms`)), PATIENCE_MS)
      })
      try {
        await Promise.race([provider.cleanup(), patience])
      } catch (error) {
        onWarning(`cleanup() of the provider ${provider.label || provider.id()} failed: ${messageOf(error)}`)
      } finally {
        clearTimeout(timer)
      }
    }),
  )
}
