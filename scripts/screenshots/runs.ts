import { withSurroundings } from '../../harness/report-input.ts'
import { writeKeptReports } from '../reporters.ts'
import { withExamples, withShuffledLabels } from '../simulate-gate/few-shot.ts'
import { SuiteProject } from '../simulate-gate/suite-project.ts'

const PROMPT = 'prompts/few-shot.txt'
const SEED = 7
const DAY = 86_400_000
/** Runs of either version of the prompt, before the one that is shown: as many as it takes to tell a lasting change. */
const EACH = 6

/**
 * Runs of a suite over twelve days: its prompt gets more examples after six of them, the last run becomes the baseline, and then the
 * examples' labels are mixed up. The replies are the same every time; how long they took is measured.
 * @returns the project, and the folder of the last run, its page in it
 */
export async function makeRuns(
  suite: string,
  onRun: (done: number, of: number) => void,
): Promise<{ readonly project: SuiteProject; readonly dir: string }> {
  const project = await SuiteProject.copyOf(suite, { timeScale: 0.05 })
  const of = 2 * EACH + 1
  const runAt = async (i: number, seed: number, baseline?: 'none') => {
    const since = Date.now() - (of - 1 - i) * DAY
    const began = performance.now()
    const wallClock = (): Date => new Date(since + performance.now() - began)
    const clock = { now: () => performance.now(), wallClock }
    const request = { concurrency: 6, command: ['assay', 'run', 'suites/sentiment/suite.yaml'] }
    const result = await project.run(
      seed,
      { ...request, ...(baseline && { comparison: { baseline } }) },
      { clock },
    )
    onRun(i + 1, of)
    return result
  }
  let whole = ''
  await project.edit(PROMPT, (text) => {
    whole = text
    return withExamples(text, 6)
  })
  for (let i = 0; i < EACH; i++) await runAt(i, SEED + EACH - i, 'none')
  await project.edit(PROMPT, () => whole)
  for (let i = EACH; i < 2 * EACH - 1; i++) await runAt(i, SEED + i, 'none')
  await project.accept(await runAt(2 * EACH - 1, SEED, 'none'))
  await project.edit(PROMPT, withShuffledLabels)
  const last = await withSurroundings(await runAt(2 * EACH, SEED), () => undefined)
  await writeKeptReports(last)
  return { project, dir: last.run.dir }
}
