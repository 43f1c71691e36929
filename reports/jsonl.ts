import type { Renderer } from '../harness/model/report.ts'
import { batch } from './format/batch.ts'

/** Every finished trial on a line of its own, in the order they finished. */
export const renderer: Renderer = {
  name: 'jsonl',
  file: 'results.jsonl',
  async *render({ run }) {
    yield* batch(lines(run.trials()))
  },
}

async function* lines(trials: AsyncIterable<unknown>): AsyncIterable<string> {
  for await (const trial of trials) yield `${JSON.stringify(trial)}\n`
}
