import { normalize } from 'node:path'
import { renderer as markdown } from '../../reports/roll-up/markdown.ts'
import type { RollUp, SuiteOutcome } from '../../reports/roll-up/roll-up.ts'
import { rowsOf } from '../../reports/roll-up/rows.ts'
import type { Told } from '../github-files.ts'

/** What GitHub is told of several suites: one comment, one summary, and the annotations of all, the worst suite's first. */
export function toldOfAll(rollUp: RollUp, dir: string): Told {
  const [worst] = rowsOf(rollUp)
  return {
    runs: rowsOf(rollUp).flatMap(({ run }) => run ?? []),
    suites: rollUp.suites.map(nameOf),
    summary: markdown.render(rollUp, { dir }),
    dir,
    decision: worst?.run?.verdict.decision ?? 'invalid',
    exitCode: rollUp.exitCode,
  }
}

/** However a suite was named on the command line, its comment is the same. */
function nameOf(suite: SuiteOutcome): string {
  return suite.is === 'run' ? suite.input.run.manifest.suite.file : normalize(suite.file)
}
