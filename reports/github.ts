import type { Renderer } from '../harness/model/report.ts'
import { annotationsOf } from './github/annotations.ts'
import { workflowCommand } from './github/command.ts'
import { AS_RECORDED } from './github/places.ts'
import { withinRoom } from './github/within-room.ts'

/**
 * Annotations for GitHub: workflow commands, which its runner reads from the output of a step. What no file of the run tells
 * (where the repository begins, which line sets a gate) is left to whoever calls `annotationsOf` themselves.
 */
export const renderer: Renderer = {
  name: 'github',
  file: null,
  async *render(input) {
    yield withinRoom(annotationsOf(input, AS_RECORDED)).map(workflowCommand).join('')
  },
}
