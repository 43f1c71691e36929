import type { Decision } from '../../harness/model/verdict.ts'
import type { SuiteOutcome } from './roll-up.ts'

/** What needs a reader most comes first. */
const ORDER = [
  'broken',
  'interrupted',
  'invalid',
  'block',
  'not_run',
  'inconclusive',
  'forgiven',
  'warn',
  'no_baseline',
  'pass',
] as const

const OF_DECISION: Record<Exclude<Decision, 'invalid'>, (typeof ORDER)[number]> = {
  block: 'block',
  warn: 'warn',
  no_baseline: 'no_baseline',
  pass: 'pass',
}

/** A rank: the smaller, the worse. */
export function severityOf(suite: SuiteOutcome): number {
  return ORDER.indexOf(kindOf(suite))
}

function kindOf(suite: SuiteOutcome): (typeof ORDER)[number] {
  if (suite.is !== 'run') return suite.is
  const { run, verdict } = suite.input
  if (run.manifest.interrupted === true) return 'interrupted'
  if (verdict.exitCode === 4) return 'inconclusive'
  if (verdict.decision === 'invalid') return verdict.exitCode === 0 ? 'forgiven' : 'invalid'
  return OF_DECISION[verdict.decision]
}
