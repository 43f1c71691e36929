import type { Decision } from '../../harness/model/verdict.ts'
import { SuiteProject } from './suite-project.ts'

/** A real suite, to be gated against itself. */
interface SuiteOptions {
  readonly file: string
  readonly times: number
  readonly seed: number
  readonly onProgress?: (done: number, of: number) => void
}

/** What became of runs of an unchanged suite. */
interface SuiteResult {
  readonly suite: string
  readonly times: number
  readonly seed: number
  readonly alarms: number
  readonly decisions: Readonly<Record<string, number>>
  /** At most 5% are alarms. */
  readonly holds: boolean
  /** Of the alarms, the first sentence of each. */
  readonly reasons: readonly string[]
}

const ALLOWED = 0.05

/** Keeps the seeds of one `--seed` apart from those of the next. */
const STRIDE = 1_000_003

/**
 * Gates a suite against itself, again and again: a baseline is accepted from one run, another run is gated, and both
 * arms' simulated models have seeds of their own. Nothing changes but chance, so that every alarm is false.
 */
export async function unchangedSuite({ file, times, seed, onProgress }: SuiteOptions): Promise<SuiteResult> {
  const decisions: Record<string, number> = {}
  const reasons: string[] = []
  const project = await SuiteProject.copyOf(file)
  try {
    for (let time = 0; time < times; time++) {
      const first = seed * STRIDE + 2 * time
      await project.accept(await project.run(first, { comparison: { baseline: 'none' } }))
      const { verdict } = await project.run(first + 1)
      decisions[verdict.decision] = (decisions[verdict.decision] ?? 0) + 1
      if (isAlarm(verdict.decision)) reasons.push(verdict.reasons[0] ?? '')
      await project.forgetRuns()
      onProgress?.(time + 1, times)
    }
  } finally {
    await project.remove()
  }
  const alarms = reasons.length
  return { suite: file, times, seed, alarms, decisions, holds: alarms <= ALLOWED * times, reasons }
}

/** The result in words. */
export function suiteText({ suite, times, seed, alarms, decisions, holds, reasons }: SuiteResult): string {
  return [
    `## ${suite}, unchanged, ${times} times with fresh seeds of both arms (seed ${seed})`,
    '',
    ...Object.entries(decisions)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([decision, count]) => `- ${decision}: ${count}`),
    '',
    `${alarms} of ${times} are alarms (at most ${100 * ALLOWED}% may be): ${holds ? 'holds' : 'BROKEN'}`,
    ...reasons.map((reason) => `- ${reason}`),
  ].join('\n')
}

/** A run without a verdict is as bad as a false one: nothing is wrong with an unchanged suite. */
function isAlarm(decision: Decision): boolean {
  return decision === 'block' || decision === 'invalid' || decision === 'no_baseline'
}
