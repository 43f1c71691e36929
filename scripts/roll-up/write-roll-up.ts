import { dirname, join } from 'node:path'
import { writeFileAtomic } from '../../harness/record/atomic-file.ts'
import { createRunFolder } from '../../harness/record/run-folder.ts'
import type { World } from '../../harness/world.ts'
import { glance } from '../../reports/roll-up/default.ts'
import { renderer as page } from '../../reports/roll-up/html.ts'
import { renderer as junit } from '../../reports/roll-up/junit.ts'
import { renderer as markdown } from '../../reports/roll-up/markdown.ts'
import { renderer as record } from '../../reports/roll-up/record.ts'
import { rollUpRenderers } from '../../reports/roll-up/renderers.ts'
import type { RollUp, SuiteOutcome } from '../../reports/roll-up/roll-up.ts'
import { tellGithub } from '../github-files.ts'
import type { Io } from '../io.ts'
import { relativePaths } from '../relative-paths.ts'
import { type ReporterRequest, showAnnotations, writeReport } from '../reporters.ts'
import { toldOfAll } from './told-of-all.ts'

/** Where roll-ups are kept, below the folder of runs. */
const FOLDER = 'roll-up'

/** What its folder holds. */
const KEPT = [page, junit, markdown, record]

interface Ended {
  readonly suites: readonly SuiteOutcome[]
  readonly startedAt: Date
  readonly command: readonly string[]
  readonly exitCode: number
  /** What the runs' own reports were made of. */
  readonly requests: readonly ReporterRequest[]
}

/**
 * Writes what several suites come to together: a folder with their page, JUnit, summary and record, and every file that was
 * asked for, which holds all of them. On a terminal it ends with the suites at a glance.
 * @throws HarnessError where a file or the folder cannot be written
 */
export async function writeRollUp(ended: Ended, io: Io, world: World): Promise<void> {
  const { suites, startedAt, command, exitCode, requests } = ended
  const { id, dir } = await createRunFolder({
    suite: FOLDER,
    cwd: io.cwd,
    now: startedAt,
    random: world.random,
  })
  const rollUp: RollUp = {
    id,
    startedAt: startedAt.toISOString(),
    endedAt: world.clock.wallClock().toISOString(),
    command,
    exitCode,
    suites,
  }
  const place = { dir }
  for (const kept of KEPT)
    if (kept.file !== null) await writeFileAtomic(join(dir, kept.file), kept.render(rollUp, place))
  for (const { name, file } of requests) {
    if (name === 'github') {
      await showAnnotations(await tellGithub(toldOfAll(rollUp, dir), io), file, io)
      continue
    }
    if (file === undefined) continue
    const renderer = await rollUpRenderers[name]()
    await writeReport(file, renderer.render(rollUp, { dir: dirname(file) }))
    io.err(`${name}: ${file}\n`)
  }
  if (requests.some(({ name, file }) => name === 'default' && file === undefined))
    io.out(glance(rollUp, { terminal: io.terminal }))
  io.err(`roll-up: ${relativePaths(join(dir, 'index.html'), io.cwd)}\n`)
}
