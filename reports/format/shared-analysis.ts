import type { Analysis } from '../../harness/model/analysis.ts'
import type { Change, RunComparison } from '../../harness/model/comparison.ts'
import { LEFT_OUT } from './without-texts.ts'

type Shown = (caseId: string) => boolean

/** The figures of a run without what they quote of cases that are not shown, and of prompts and configs. */
export function sharedAnalysis(analysis: Analysis, isShown: Shown): Analysis {
  const { comparison, flaky, quarantined } = analysis
  return {
    ...analysis,
    worst: analysis.worst.map((one) => withoutWords(one, isShown)),
    errors: sharedErrors(analysis.errors),
    ...(comparison !== undefined && { comparison: sharedComparison(comparison, isShown) }),
    ...(flaky !== undefined && { flaky: flaky.map((one) => withoutWords(one, isShown)) }),
    ...(quarantined !== undefined && { quarantined: quarantined.map((one) => withoutWords(one, isShown)) }),
  }
}

/** What providers and checks say of a failure may quote the request: how many there were stays. */
function sharedErrors(errors: Analysis['errors']): Analysis['errors'] {
  const count = errors.reduce((sum, error) => sum + error.count, 0)
  return count === 0 ? [] : [{ message: LEFT_OUT, count }]
}

function sharedComparison(comparison: RunComparison, isShown: Shown): RunComparison {
  return {
    ...comparison,
    flips: comparison.flips.map((flip) => withoutWords(flip, isShown)),
    broken: comparison.broken.map((one) => withoutWords(one, isShown)),
    changes: comparison.changes.map(withoutDiff),
  }
}

interface InWords {
  readonly caseId: string
  readonly description?: string
  readonly reason?: string
  readonly output?: string
  readonly baseOutput?: string
}

function withoutWords<T extends InWords>(one: T, isShown: Shown): T {
  if (isShown(one.caseId)) return one
  const { description: _description, output: _output, baseOutput: _baseOutput, ...rest } = one
  // Only members that may be absent are left out.
  return { ...rest, ...(one.reason !== undefined && { reason: LEFT_OUT }) } as unknown as T
}

/** That a prompt or a config changed stays, and how much; the words of the one and the values of the other do not. */
function withoutDiff({ kind, what, column }: Change): Change {
  const [told = what, ...values] = what.split(CONFIG_CHANGED)
  return {
    kind,
    what: values.length === 0 ? what : `${told} has changed: ${LEFT_OUT}.`,
    ...(column !== undefined && { column }),
  }
}

/** What stands before the settings of a config that changed. */
const CONFIG_CHANGED = ' has changed: '
