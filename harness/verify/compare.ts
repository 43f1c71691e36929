import type { Assertion, Check } from '../model/assertion.ts'
import type { Case } from '../model/case.ts'
import type { Cell } from '../model/cell.ts'
import { messageOf } from '../model/errors.ts'
import type { Trial } from '../model/trial.ts'
import { checkResult } from './score/check-result.ts'
import type { Grade, Grading } from './score/grade.ts'
import type { AskGrader } from './graders/grader-calls.ts'
import { watchGrader } from './graders/grader-calls.ts'
import { gradeMaxScore } from './max-score.ts'
import type { Promptfoo } from './promptfoo.ts'
import type { Tools } from './tools.ts'

export interface CompareContext {
  readonly promptfoo: Promptfoo
  readonly tools: Tools
  readonly askGrader: AskGrader
}

/** The first of a kind: promptfoo heeds no other. */
export function comparisonOf(testCase: Case, type: 'select-best' | 'max-score'): Check | undefined {
  return testCase.checks.find(({ assertion }) => assertion.type === type)
}

/**
 * The trials of one case and repeat, in column order, after `select-best` and then `max-score`. Errored ones are left
 * as they are and take no part: what they would have scored is not known.
 */
export async function compareTrials(
  testCase: Case,
  cells: readonly Cell[],
  trials: readonly Trial[],
  context: CompareContext,
): Promise<Trial[]> {
  const selectBest = comparisonOf(testCase, 'select-best')
  const maxScore = comparisonOf(testCase, 'max-score')
  let compared = [...trials]
  if (selectBest !== undefined) {
    const grade = (scored: readonly Trial[]): Promise<Grade[]> =>
      gradeSelectBest(selectBest, testCase, cells, scored, context)
    compared = await applyComparison(selectBest.assertion, compared, grade, mergeSelectBest)
  }
  if (maxScore !== undefined) {
    const { assertion } = maxScore
    const grade = async (scored: readonly Trial[]): Promise<Grade[]> => gradeMaxScore(assertion, scored)
    compared = await applyComparison(assertion, compared, grade, mergeMaxScore)
  }
  return compared
}

type Merge = (trial: Trial, grade: Grade) => Pick<Trial, 'outcome' | 'score' | 'reason'>

async function applyComparison(
  { type }: Assertion,
  trials: readonly Trial[],
  grade: (scored: readonly Trial[]) => Promise<Grade[]>,
  merge: Merge,
): Promise<Trial[]> {
  const scored = trials.filter(({ outcome }) => outcome !== 'errored')
  if (scored.length === 0) return [...trials]
  let grades: (Grade | undefined)[] = []
  let broken = `${type} needs the replies of two columns, and has ${scored.length}`
  if (scored.length > 1) {
    try {
      grades = await grade(scored)
    } catch (error) {
      broken = `${type} broke: ${messageOf(error)}`
    }
  }
  const queue = grades.values()
  return trials.map((trial): Trial => {
    if (trial.outcome === 'errored') return trial
    const one = queue.next().value
    const grading: Grading = one === undefined ? { broken } : { grade: one }
    const checks = [...trial.checks, checkResult(type, undefined, undefined, grading)]
    if (one !== undefined) return { ...trial, ...merge(trial, one), checks }
    return {
      ...trial,
      outcome: 'errored',
      score: null,
      namedScores: {},
      checks,
      reason: broken,
      error: broken,
    }
  })
}

function mergeSelectBest({ outcome, score, reason }: Trial, grade: Grade): ReturnType<Merge> {
  if (grade.pass) return { outcome, score, reason }
  return { outcome: 'failed', score: grade.score, reason: grade.reason }
}

/** Unlike `select-best`, it leaves the reason of an earlier failure. */
function mergeMaxScore({ outcome, score, reason }: Trial, grade: Grade): ReturnType<Merge> {
  if (grade.pass) return { outcome, score, reason }
  return { outcome: 'failed', score: grade.score, reason: outcome === 'passed' ? grade.reason : reason }
}

async function gradeSelectBest(
  { assertion, at }: Check,
  testCase: Case,
  cells: readonly Cell[],
  trials: readonly Trial[],
  { promptfoo, tools, askGrader }: CompareContext,
): Promise<Grade[]> {
  const { test } = testCase
  const grader = await tools.graders.load(tools.graders.need(assertion, test, at))
  const [first] = cells
  const { id: caseId, digest: varsHash } = testCase
  const origin = first && { cellId: first.id, caseId, varsHash, repeat: first.repeat, attempt: 0 }
  const watched = watchGrader(grader, { origin, check: 'select-best', ask: askGrader })
  const options = {
    ...test.options,
    provider: watched.grader,
    rubricPrompt: rubricPromptOf(assertion, testCase, tools),
  }
  const outputs = trials.map(({ output }) => (output || '') as string)
  const vars = test.vars ?? testCase.vars
  const criteria = String(assertion.value)
  const grades = await promptfoo.assertions.matchesComparisonBoolean(criteria, outputs, options, vars, {
    vars,
  })
  const failure = watched.failure()
  if (failure !== undefined) throw new Error(`the grader failed: ${failure}`)
  return grades
}

function rubricPromptOf(assertion: Assertion, { test, at }: Case, { files }: Tools): unknown {
  const written = assertion.rubricPrompt ?? test.options?.['rubricPrompt']
  return typeof written === 'string' && written.startsWith('file://') ? files.text(written, at) : written
}
