import type { Renderer } from '../harness/model/report.ts'
import { summarize } from './summary.ts'

/** The summary that `--json` prints, as a file. */
export const renderer: Renderer = {
  name: 'json',
  file: 'summary.json',
  async *render(input) {
    yield `${JSON.stringify(summarize(input), undefined, 2)}\n`
  },
}
