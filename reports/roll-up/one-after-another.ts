import type { Renderer } from '../../harness/model/report.ts'
import { type RollUpRenderer, runsOf } from './roll-up.ts'

/** Formats of lines: those of one run follow those of the one before it. */
export function oneAfterAnother(renderer: Renderer): RollUpRenderer {
  return {
    file: null,
    async *render(rollUp, { terminal }) {
      for (const input of runsOf(rollUp)) yield* renderer.render({ ...input, terminal })
    },
  }
}
