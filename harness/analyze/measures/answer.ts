import type { AnswerEvidence } from '../../model/evidence.ts'
import type { Measure, MeasureTable } from '../../model/measure.ts'
import type { Answers } from './agreement.ts'
import { agreementAmong, agreementBetween, agreementWithin, countAnswers } from './agreement.ts'
import type { MeasureTally } from './tally.ts'
import { UnitSums } from './unit-sums.ts'

const ORIGINAL = 'original'

interface VariantCase {
  readonly relation: string
  readonly answers: Answers
  readonly given: readonly (string | null)[]
}

/** Cases that ask the same thing. */
interface Group {
  readonly name: string
  readonly cases: readonly VariantCase[]
}

/**
 * Answers that should agree: over the repeats of a case, over the cases of a group, and of each relation with the group's original. What
 * varies together is a group, so that intervals are by groups.
 */
export function answerTally(): MeasureTally<AnswerEvidence> {
  const groups = new Map<string, Map<string, { relation: string; given: (string | null)[] }>>()
  return {
    add({ group, relation, answer }, { caseId }) {
      const cases = groups.get(group) ?? new Map<string, { relation: string; given: (string | null)[] }>()
      groups.set(group, cases)
      const known = cases.get(caseId)
      if (known === undefined) cases.set(caseId, { relation, given: [answer] })
      else known.given.push(answer)
    },
    finish() {
      if (groups.size === 0) return { measures: [], tables: [] }
      const ordered = sortedBy(groups).map(([name, cases]) => ({
        name,
        cases: sortedBy(cases).map(([, { relation, given }]) => ({
          relation,
          given,
          answers: countAnswers(given),
        })),
      }))
      const relations = [...new Set(ordered.flatMap(({ cases }) => cases.map(({ relation }) => relation)))]
      const variants = relations.filter((relation) => relation !== ORIGINAL).sort()
      return { measures: measuresOf(ordered, variants), tables: tablesOf(ordered, variants) }
    },
  }
}

function sortedBy<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}

function measuresOf(groups: readonly Group[], variants: readonly string[]): readonly Measure[] {
  const share = { unit: 'share', better: 'higher' } as const
  const repeats = meanOver(groups, (group) => repeatAgreement(group))
  const among = meanOver(groups, ({ cases }) => [agreementAmong(cases.map(({ answers }) => answers))])
  return [
    { name: 'repeat_agreement', label: 'agreement over repeats', ...repeats, ...share },
    { name: 'variant_agreement', label: 'agreement over variants', ...among, ...share },
    {
      name: 'variant_gap',
      label: 'agreement lost from repeats to variants',
      ...meanOver(groups, variantGap),
      unit: 'points',
      better: 'lower',
    },
    { name: 'unanimous', label: 'groups answered alike throughout', ...unanimous(groups), ...share },
    ...variants.map((relation) => ({
      name: `agreement_${relation.replaceAll(/[^\p{L}\d]+/gu, '_')}`,
      label: `agreement with the original: ${relation}`,
      ...meanOver(groups, (group) => withOriginal(group, relation)),
      ...share,
    })),
    { name: 'no_answer', label: 'no answer', ...unanswered(groups), unit: 'share', better: 'lower' },
  ]
}

type Figures = (group: Group) => readonly (number | null)[]

/** Of every case, or those of one relation. */
function repeatAgreement({ cases }: Group, relation?: string): readonly (number | null)[] {
  const counted = cases.filter((one) => relation === undefined || one.relation === relation)
  return counted.map(({ answers }) => agreementWithin(answers))
}

/** What wording and order cost beyond chance, which repeats of one wording show; for a group where both are known. */
function variantGap(group: Group): readonly (number | null)[] {
  const repeats = repeatAgreement(group).filter((agreement) => agreement !== null)
  const among = agreementAmong(group.cases.map(({ answers }) => answers))
  if (repeats.length === 0 || among === null) return []
  return [repeats.reduce((sum, agreement) => sum + agreement, 0) / repeats.length - among]
}

/** Each case of the relation against the replies to the group's original. */
function withOriginal({ cases }: Group, relation: string): readonly (number | null)[] {
  const original = countAnswers(
    cases.filter((one) => one.relation === ORIGINAL).flatMap(({ given }) => given),
  )
  return cases
    .filter((one) => one.relation === relation)
    .map(({ answers }) => agreementBetween(answers, original))
}

/** The mean of what groups yield, null left out. */
function meanOver(groups: readonly Group[], figures: Figures): Pick<Measure, 'value' | 'interval' | 'n'> {
  const sums = new UnitSums(2)
  for (const group of groups) {
    for (const figure of figures(group)) {
      if (figure === null) continue
      sums.add(group.name, 0, figure)
      sums.add(group.name, 1, 1)
    }
  }
  const mean = ([sum = 0, count = 0]: Float64Array): number | null => (count === 0 ? null : sum / count)
  return { ...sums.statistic(mean), n: { count: sums.size, of: 'groups' } }
}

/** Of the groups with several replies: all of them give one and the same answer. */
function unanimous(groups: readonly Group[]): Pick<Measure, 'value' | 'interval' | 'n'> {
  const sums = new UnitSums(2)
  for (const { name, cases } of groups) {
    const given = cases.flatMap((one) => one.given)
    if (given.length < 2) continue
    sums.add(name, 0, given[0] !== null && given.every((answer) => answer === given[0]) ? 1 : 0)
    sums.add(name, 1, 1)
  }
  return { ...sums.rate(0, 1), n: { count: sums.size, of: 'groups' } }
}

function unanswered(groups: readonly Group[]): Pick<Measure, 'value' | 'interval' | 'n'> {
  const sums = new UnitSums(2)
  for (const { name, cases } of groups) {
    for (const answer of cases.flatMap(({ given }) => given)) {
      sums.add(name, 0, answer === null ? 1 : 0)
      sums.add(name, 1, 1)
    }
  }
  return { ...sums.rate(0, 1), n: { count: sums.size, of: 'groups' } }
}

function tablesOf(groups: readonly Group[], variants: readonly string[]): readonly MeasureTable[] {
  if (variants.length === 0) return []
  const mean = (figures: Figures): number | null => {
    const found = groups.flatMap(figures).filter((figure) => figure !== null)
    return found.length === 0 ? null : found.reduce((sum, figure) => sum + figure, 0) / found.length
  }
  const rows = [ORIGINAL, ...variants].map((relation) => ({
    head: relation,
    cells: [
      relation === ORIGINAL ? null : mean((group) => withOriginal(group, relation)),
      mean((group) => repeatAgreement(group, relation)),
    ],
  }))
  return [
    {
      name: 'by_relation',
      title: 'Agreement by relation to the original',
      heads: ['relation', 'with the original', 'over its own repeats'],
      rows,
      unit: 'share',
    },
  ]
}
