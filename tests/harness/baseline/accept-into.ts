import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Accepted, AcceptOptions } from '../../../harness/baseline/accept-run.ts'
import { acceptRun } from '../../../harness/baseline/accept-run.ts'
import { baselinePlace } from '../../../harness/baseline/location.ts'
import { openRun } from '../../../harness/record/open-run.ts'
import { makeRedactor } from '../../../harness/record/redact.ts'

/** Accepts a run folder as the baseline of `suite.yaml` in a folder. Nothing is warned of, unless a test asks for it. */
export async function acceptInto(
  suiteDir: string,
  runDir: string,
  options: Partial<AcceptOptions> = {},
): Promise<Accepted> {
  return acceptRun(await openRun(runDir, runDir), {
    place: baselinePlace(join(suiteDir, 'suite.yaml')),
    accepted: { at: '2026-02-01T08:00:00.000Z', by: 'Ada <ada@example.org>', commit: 'abc' },
    replies: true,
    redact: makeRedactor({}),
    onWarning(message) {
      throw new Error(`warned: ${message}`)
    },
    ...options,
  })
}

/** The three files of a baseline. */
export function filesOf(suiteDir: string): Record<'baseline' | 'manifest' | 'trials', string> {
  const read = (name: string) => readFileSync(join(suiteDir, name), 'utf8')
  return {
    baseline: read('baseline.json'),
    manifest: read('baseline/manifest.json'),
    trials: read('baseline/trials.jsonl'),
  }
}
