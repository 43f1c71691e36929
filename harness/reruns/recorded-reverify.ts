import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenedBaseline } from '../baseline/open-baseline.ts'
import type { Run } from '../model/run.ts'
import type { World } from '../world.ts'
import type { Reverify } from './reverified.ts'
import { recordedReruns } from './recorded-reruns.ts'

interface RecordedReverifyOptions {
  /** The run that is judged. */
  readonly run: Run
  readonly baseline: OpenedBaseline
  /** Absolute. */
  readonly suiteFile: string
  readonly world: World
  readonly onWarning: (message: string) => void
}

/** Checks a baseline's replies again for a run that is judged from its record. `close` removes what that took. */
export interface RecordedReverify {
  readonly reverify: Reverify
  readonly close: () => Promise<void>
}

/**
 * What the run itself had checked again, if it was compared with the same baseline; else the replies are checked now, by the suite as it
 * stands, in a folder that is thrown away. Graders are not asked: their answers come from the record. Suite, checks and
 * promptfoo are loaded only when it comes to that.
 */
export function recordedReverify(options: RecordedReverifyOptions): RecordedReverify {
  const { run, baseline, suiteFile, world, onWarning } = options
  const made: string[] = []
  return {
    async reverify(columns) {
      const stored = await recordedReruns(
        run,
        baseline.arm.about.runId,
      )({
        name: 'reverified',
        columns,
        repeats: { candidate: { from: 0 }, baseline: { from: 0 } },
      })
      if (stored.run !== undefined) return stored
      const [{ run: makeRun }, { readWhole }, { makePlan }, { ChildRuns }, { reverifier }] =
        await Promise.all([
          import('../run.ts'),
          import('../read-whole.ts'),
          import('../plan/make-plan.ts'),
          import('./child-runs.ts'),
          import('./reverify.ts'),
        ])
      const allowOutside = run.manifest.options?.allowOutside === true
      const request = { suite: suiteFile, allowOutside, selection: {}, command: run.manifest.command }
      const plan = await makePlan(await readWhole(request, world))
      await mkdir(world.cacheDir, { recursive: true })
      const dir = await mkdtemp(join(world.cacheDir, 'reverified-'))
      made.push(dir)
      const children = new ChildRuns({
        run: makeRun,
        request,
        world,
        events: { onWarning },
        plan,
        baseline,
        parent: { id: run.manifest.id, dir },
        budget: () => undefined,
        spent: () => ({ usd: 0, tokens: 0, calls: 0 }),
        onEnded: () => {},
        onWarning,
      })
      return reverifier({ baseline, children, asksGraders: false, onWarning })(columns)
    },
    async close() {
      for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true })
    },
  }
}
