import type { ReportInput } from '../../harness/model/report.ts'
import { batch } from '../format/batch.ts'
import { xmlAttribute, xmlText } from '../format/escape-xml.ts'
import { cut, oneLine } from '../format/plain.ts'
import { FOOT, HEAD, MAX_BYTES, testSuites } from '../junit.ts'
import { classWithoutDots } from '../junit/class-name.ts'
import { type RollUp, type RollUpRenderer, runsOf, type SuiteOutcome } from './roll-up.ts'
import { shares } from './shares.ts'

/** Bytes a test case takes at most, roughly; and a run besides its cases. */
const SIZES = { passed: 400, other: 20_000, run: 100_000 }
/** UTF-16 units of why a suite has no run. */
const LIMITS = { message: 500, body: 6_000 }

/** Every run's suites under the names they have in its own report, so that CI follows a case in either. */
export const renderer: RollUpRenderer = {
  file: 'junit.xml',
  async *render(rollUp) {
    yield* batch(document(rollUp))
  },
}

async function* document(rollUp: RollUp): AsyncIterable<string> {
  const rooms = shares(MAX_BYTES, runsOf(rollUp).map(bytesWanted))[Symbol.iterator]()
  yield HEAD
  for (const suite of rollUp.suites) {
    if (suite.is === 'run') yield* testSuites(suite.input, rooms.next().value ?? 0)
    else yield withoutRun(suite)
  }
  yield FOOT
}

function bytesWanted({ analysis: { cells } }: ReportInput): number {
  return SIZES.run + cells.passed * SIZES.passed + (cells.finished - cells.passed) * SIZES.other
}

/** A suite without a run is an error where it broke, and skipped where its turn never came. */
function withoutRun(suite: Exclude<SuiteOutcome, { is: 'run' }>): string {
  const name = xmlAttribute(suite.file)
  const isBroken = suite.is === 'broken'
  const message = isBroken ? suite.message : 'The command was interrupted before this suite was begun.'
  const counts = `tests="1" failures="0" errors="${isBroken ? 1 : 0}" skipped="${isBroken ? 0 : 1}"`
  const element = isBroken ? 'error' : 'skipped'
  const summary = xmlAttribute(oneLine(cut(message, LIMITS.message)))
  return (
    `<testsuite name="${name}" ${counts}>\n<testcase classname="${classWithoutDots(name)}" name="suite">` +
    `<${element} message="${summary}">${xmlText(cut(message, LIMITS.body))}</${element}></testcase>\n</testsuite>\n`
  )
}
