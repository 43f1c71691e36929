import type { SourceLocation } from '../../model/source.ts'
import { formatLocation } from '../../model/source.ts'
import type { Suite } from '../../model/suite.ts'
import { applyTransform, loadTransform } from '../../suite/transform.ts'

/** A transform of the suite's, ready to be called. Rejects when it throws, or returns nothing. */
export type Transform = (value: unknown, context: unknown) => Promise<unknown>

/** Transforms, each imported or compiled once. */
export interface Transforms {
  /** @throws HarnessError `suite` at `at` when it cannot be imported or compiled */
  load(spec: unknown, at: SourceLocation): Promise<Transform>
}

/** @param enter names the user's code to whoever watches for code that blocks the thread */
export function createTransforms(suite: Suite, enter: (name: string) => () => void): Transforms {
  const loaded = new Map<unknown, Transform>()

  return {
    async load(spec, at) {
      const known = loaded.get(spec)
      if (known !== undefined) return known
      const call = await loadTransform(spec, suite, { at })
      const name = `the transform at ${formatLocation(at)}`
      const watched = (...args: unknown[]): unknown => {
        const leave = enter(name)
        try {
          return call(...args)
        } finally {
          leave()
        }
      }
      const transform: Transform = (value, context) => applyTransform(watched, value, context, suite, { at })
      loaded.set(spec, transform)
      return transform
    },
  }
}
