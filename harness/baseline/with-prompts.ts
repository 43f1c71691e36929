import path from 'node:path'
import type { Run } from '../model/run.ts'
import { readPromptedTrials } from '../record/prompted-trials.ts'

/** The record of a baseline, whose trials have their prompts where somebody wants them. */
export function withPrompts(run: Run): Run {
  return {
    ...run,
    trials: (wanted) =>
      wanted?.prompts === true ? readPromptedTrials(path.join(run.dir, 'trials.jsonl')) : run.trials(),
  }
}
