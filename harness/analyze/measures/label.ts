import type { LabelEvidence } from '../../model/evidence.ts'
import type { Measure, MeasureTable } from '../../model/measure.ts'
import { calibration } from './calibration.ts'
import type { ClassCounts, Classified } from './confusion.ts'
import { ABSTAINED, classesOf, classified, confusionMatrix, f1, precision, recall } from './confusion.ts'
import type { MeasureTally } from './tally.ts'
import { UnitSums } from './unit-sums.ts'

/** Of a reply, before its classes. */
const SUMS = { replies: 0, right: 1, decided: 2, rightDecided: 3, abstained: 4, unlabelled: 5 }
const BEFORE = 6
/** A table of more classes is not read, and its interval takes long. */
const MOST_CLASSES = 40

/** Labels: accuracy, macro-F1, balanced accuracy, figures by class, confusion matrix, abstentions, calibration. */
export function labelTally(): MeasureTally<LabelEvidence> {
  const replies: (Classified & { readonly confidence: number | undefined })[] = []
  let mayAbstain = false
  return {
    add(evidence, { unit: caseId }) {
      replies.push({ ...classified(caseId, evidence), confidence: evidence.confidence })
      mayAbstain ||= evidence.abstained !== undefined
    },
    finish() {
      if (replies.length === 0) return { measures: [], tables: [] }
      const confident = replies.flatMap(({ caseId, expected, predicted, confidence }) =>
        confidence === undefined || predicted === null || predicted === ABSTAINED
          ? []
          : [{ caseId, confidence, right: expected === predicted }],
      )
      const { measures, tables } = calibration(confident)
      const classes = classesOf(replies)
      const sums = sumUp(replies, classes)
      return {
        measures: [...measuresOf(sums, classes, mayAbstain), ...measures],
        tables: [classTable(sums, classes), matrixTable(replies), ...tables].filter(
          ({ rows, heads }) => Math.max(rows.length, heads.length - 2) <= MOST_CLASSES,
        ),
      }
    },
  }
}

function sumUp(replies: readonly Classified[], classes: readonly string[]): UnitSums {
  const sums = new UnitSums(BEFORE + 3 * classes.length)
  const placeOf = new Map(classes.map((label, index) => [label, BEFORE + 3 * index]))
  for (const { caseId, expected, predicted } of replies) {
    const right = expected === predicted
    sums.add(caseId, SUMS.replies, 1)
    sums.add(caseId, SUMS.right, right ? 1 : 0)
    if (predicted === ABSTAINED) sums.add(caseId, SUMS.abstained, 1)
    else {
      sums.add(caseId, SUMS.decided, 1)
      sums.add(caseId, SUMS.rightDecided, right ? 1 : 0)
    }
    if (predicted === null) sums.add(caseId, SUMS.unlabelled, 1)
    const wanted = placeOf.get(expected)
    const given = predicted === null ? undefined : placeOf.get(predicted)
    if (wanted !== undefined) sums.add(caseId, wanted + 1, 1)
    if (given !== undefined) sums.add(caseId, given + 2, 1)
    if (wanted !== undefined && right) sums.add(caseId, wanted, 1)
  }
  return sums
}

function countsOf(totals: Float64Array, index: number): ClassCounts {
  const [right = 0, expected = 0, predicted = 0] = totals.subarray(BEFORE + 3 * index, BEFORE + 3 * index + 3)
  return { right, expected, predicted }
}

/** The mean over the classes for which the figure is defined. */
function macro(classes: readonly string[], figure: (counts: ClassCounts) => number | null) {
  return (totals: Float64Array): number | null => {
    let [sum, defined] = [0, 0]
    for (let index = 0; index < classes.length; index++) {
      const value = figure(countsOf(totals, index))
      if (value === null) continue
      sum += value
      defined++
    }
    return defined === 0 ? null : sum / defined
  }
}

function measuresOf(sums: UnitSums, classes: readonly string[], mayAbstain: boolean): readonly Measure[] {
  const n = { count: sums.size, of: 'cases' }
  const good = { n, better: 'higher' } as const
  const averaged = (figure: (counts: ClassCounts) => number | null) =>
    classes.length > MOST_CLASSES
      ? { value: macro(classes, figure)(totalsOf(sums, classes)), interval: null }
      : sums.statistic(macro(classes, figure))
  const unlabelled = sums.rate(SUMS.unlabelled, SUMS.replies)
  return [
    { name: 'accuracy', label: 'accuracy', ...sums.rate(SUMS.right, SUMS.replies), ...good, unit: 'share' },
    { name: 'macro_f1', label: 'macro-F1', ...averaged(f1), ...good, unit: 'score' },
    { name: 'balanced_accuracy', label: 'balanced accuracy', ...averaged(recall), ...good, unit: 'share' },
    { name: 'no_label', label: 'no label', ...unlabelled, n, better: 'lower', unit: 'share' },
    ...(mayAbstain ? abstentionsOf(sums) : []),
  ]
}

/** Selective accuracy: of the replies that decide, those that are right (El-Yaniv & Wiener 2010, JMLR 11:1605). */
function abstentionsOf(sums: UnitSums): readonly Measure[] {
  const n = { count: sums.size, of: 'cases' }
  const rate = sums.rate(SUMS.abstained, SUMS.replies)
  const decided = sums.rate(SUMS.rightDecided, SUMS.decided)
  return [
    { name: 'abstention_rate', label: 'abstentions', ...rate, n, unit: 'share' },
    {
      name: 'selective_accuracy',
      label: 'accuracy where it decides',
      ...decided,
      n,
      better: 'higher',
      unit: 'share',
    },
  ]
}

function totalsOf(sums: UnitSums, classes: readonly string[]): Float64Array {
  const totals = new Float64Array(BEFORE + 3 * classes.length)
  for (const unit of sums.units())
    for (const [index, amount] of unit.entries()) totals[index] = (totals[index] ?? 0) + amount
  return totals
}

function classTable(sums: UnitSums, classes: readonly string[]): MeasureTable {
  const totals = totalsOf(sums, classes)
  const all = totals[SUMS.replies] ?? 0
  const rows = classes.map((head, index) => {
    const counts = countsOf(totals, index)
    return { head, cells: [precision(counts), recall(counts), f1(counts), counts.expected / all] }
  })
  const heads = ['class', 'precision', 'recall', 'F1', 'of the replies']
  return { name: 'classes', title: 'By class', heads, rows, unit: 'share' }
}

function matrixTable(replies: readonly Classified[]): MeasureTable {
  const { columns, rows } = confusionMatrix(replies)
  return {
    name: 'confusion',
    title: 'What was expected, and what the replies say',
    heads: ['expected', ...columns],
    rows,
    unit: 'count',
  }
}
