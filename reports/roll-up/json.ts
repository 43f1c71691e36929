import { summarize } from '../summary.ts'
import { type RollUpRenderer, runsOf } from './roll-up.ts'

/** The list that `--json` prints of several suites, as a file. */
export const renderer: RollUpRenderer = {
  file: null,
  async *render(rollUp) {
    yield `${JSON.stringify(runsOf(rollUp).map(summarize), undefined, 2)}\n`
  },
}
