import type { BrokenCase, PassCount } from '../../model/comparison.ts'
import type { ColumnView } from './column-view.ts'
import { nameOf } from './compare-metric.ts'
import type { RerunResults } from './compare-options.ts'
import { confirmTest } from './confirm-test.ts'
import type { PairedColumn } from './pair-columns.ts'
import type { PairedCases } from './pair-cases.ts'
import type { ScoreTable } from './score-table.ts'

/** Share of the candidate's repeats that may still pass. */
const STILL_PASSING = 1 / 3

/**
 * Cases of the columns that ship which pass every finished repeat of the baseline, and at most a third of the candidate's. No mean over many
 * cases sees one of them, and in a few repeats it may be chance: only fresh replies can tell.
 */
export function brokenCandidates(
  pairs: readonly (PairedColumn & { readonly gated: PairedCases })[],
  candidate: ScoreTable,
): BrokenCase[] {
  return pairs
    .filter(({ gates }) => gates)
    .flatMap(({ column, against, base, gated: { cases } }) => {
      const [old, now] = [base.view(against), candidate.view(column)]
      const [oldNumbers, numbers] = [old.numbers.ofAll(cases), now.numbers.ofAll(cases)]
      const found: BrokenCase[] = []
      for (const [i, info] of cases.entries()) {
        const before = passesOf(old, oldNumbers[i] as number)
        if (before.of === 0 || before.passed < before.of) continue
        const after = passesOf(now, numbers[i] as number)
        if (after.of === 0 || after.passed > after.of * STILL_PASSING) continue
        found.push({
          caseId: info.id,
          ...(info.description !== undefined && { description: info.description }),
          ...(info.source !== undefined && { source: info.source }),
          column: nameOf(column),
          against: nameOf(against),
          base: before,
          candidate: after,
          reason: candidate.text(column, info.id)?.reason ?? 'fails now',
          status: 'unchecked',
        })
      }
      return found
    })
}

/**
 * The same with what became of them when both arms were run again: `confirmed` where Fisher's exact test says so after Holm over those that
 * were, `refuted` where it does not.
 */
export function withReruns(broken: readonly BrokenCase[], rerun: RerunResults | undefined): BrokenCase[] {
  if (rerun === undefined) return [...broken]
  const results = broken.map(({ caseId, column }) =>
    rerun.cases.find(
      (one) =>
        one.caseId === caseId &&
        one.column.prompt === column.prompt &&
        one.column.provider === column.provider &&
        one.base.of > 0 &&
        one.candidate.of > 0,
    ),
  )
  const tested = confirmTest(results.filter((result) => result !== undefined))
  let next = 0
  return broken.map((one, i) => {
    const result = results[i]
    const outcome = result && tested[next++]
    if (result === undefined || outcome === undefined)
      return { ...one, ...(rerun.why !== undefined && { why: rerun.why }) }
    const { pHolm, confirmed } = outcome
    return {
      ...one,
      rerun: { base: result.base, candidate: result.candidate },
      pHolm,
      status: confirmed ? 'confirmed' : 'refuted',
    }
  })
}

/** Of all finished repeats of a case. */
function passesOf(view: ColumnView, caseNumber: number): PassCount {
  const of = view.read('pass', caseNumber, SCORES)
  let passed = 0
  for (let r = 0; r < of; r++) if (SCORES[r] === 1) passed++
  return { passed, of }
}

/** Read into again and again. */
const SCORES: number[] = []
