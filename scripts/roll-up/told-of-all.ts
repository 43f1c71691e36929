import { renderer as markdown } from '../../reports/roll-up/markdown.ts'
import type { RollUp } from '../../reports/roll-up/roll-up.ts'
import { rowsOf } from '../../reports/roll-up/rows.ts'
import type { Told } from '../github-files.ts'

/** What GitHub is told of several suites: one comment, one summary, and the annotations of all, the worst suite's first. */
export function toldOfAll(rollUp: RollUp, dir: string): Told {
  const [worst] = rowsOf(rollUp)
  return {
    runs: rowsOf(rollUp).flatMap(({ run }) => run ?? []),
    suites: rollUp.suites.map(({ file }) => file),
    summary: markdown.render(rollUp, { dir }),
    dir,
    decision: worst?.run?.verdict.decision ?? 'invalid',
    exitCode: rollUp.exitCode,
  }
}
