import type { CheckContext, CheckVerdict } from '../../harness/model/custom-check.ts'
import type { JudgementEvidence } from '../../harness/model/evidence.ts'
import { failed, passed } from '../shared/verdict.ts'
import type { JudgeSettings } from './config.ts'
import { dataBlocks } from './data.ts'
import { askMember, noVerdict } from './members.ts'
import type { PanelRule } from './panel.ts'
import { combine } from './panel.ts'
import { fill, rubricParts } from './template.ts'
import type { Judged } from './texts.ts'
import type { MemberVerdict, Winner } from './verdict.ts'
import { readWinner } from './verdict.ts'

/** What a place scores for whoever stands in the first one. */
const FIRST: Readonly<Record<Winner, number>> = { first: 1, tie: 0.5, second: 0 }

/** One member asked twice, with the reply first and with the reply second. */
interface Both {
  readonly first: MemberVerdict<Winner>
  readonly second: MemberVerdict<Winner>
}

/** The reply against another one, in both orders: a verdict that turns with the order is a tie. */
export async function compare(
  texts: Judged,
  settings: JudgeSettings,
  context: CheckContext,
): Promise<CheckVerdict> {
  const { answer, other = '' } = texts
  const { members, rule, threshold } = settings
  if (answer.trim() === '' || other.trim() === '') return emptyOnes(answer, other, threshold)
  const [asFirst, asSecond] = [promptOf(texts, settings, false), promptOf(texts, settings, true)]
  const both = await Promise.all(
    members.map(async (member): Promise<Both> => {
      const [first, second] = await Promise.all([
        askMember(member, asFirst, context, readWinner),
        askMember(member, asSecond, context, readWinner),
      ])
      return { first, second }
    }),
  )
  const scores = both.map(scoreOf)
  const score = combine(scores, rule)
  if (score === null)
    throw noVerdict(both.map(({ first, second }) => (first.verdict === null ? first : second)))
  const orders = ordersOf(both, rule)
  const how =
    orders === 'agreed'
      ? 'in both orders'
      : `the verdict turns with the order: the ${orders} place is preferred`
  const reason = `${outcomeOf(score)} against the other reply, ${how}${reasoningOf(both, score)}`
  const evidence: JudgementEvidence = {
    kind: 'judgement',
    score,
    length: answer.length,
    lengthOfOther: other.length,
    orders,
    ...(members.length > 1 && { panel: scores }),
  }
  return verdictOf(reason, score, threshold, evidence)
}

function promptOf(
  { answer, question, reference, other = '' }: Judged,
  settings: JudgeSettings,
  turned: boolean,
): string {
  const data = dataBlocks([answer, other, question ?? '', reference ?? ''])
  const [first, second] = turned ? [other, answer] : [answer, other]
  const { levels } = settings.rubric
  const parts = rubricParts(settings.rubric)
  return fill(settings.template, {
    criterion: parts['criterion'] ?? '',
    levels:
      levels.length === 0 ? '' : `What answers are worth, from worst to best:\n${parts['levels'] ?? ''}`,
    question: question === undefined ? '' : data.block('question', 'The question', question),
    reference:
      reference === undefined ? '' : data.block('reference', 'A good answer, to compare with', reference),
    first: data.block('first', 'The first answer', first),
    second: data.block('second', 'The second answer', second),
  })
}

/** 1, ½ or 0 for won, tied, lost; null where one of both orders has no verdict. */
function scoreOf({ first, second }: Both): number | null {
  if (first.verdict === null || second.verdict === null) return null
  const [asFirst, asSecond] = [FIRST[first.verdict], 1 - FIRST[second.verdict]]
  return asFirst === asSecond ? asFirst : 0.5
}

/** Which place the panel prefers: the one that its verdict turns to with the order. */
function ordersOf(both: readonly Both[], rule: PanelRule): 'agreed' | 'first' | 'second' {
  const asFirst: number[] = []
  const asSecond: number[] = []
  for (const { first, second } of both) {
    if (first.verdict === null || second.verdict === null) continue
    asFirst.push(FIRST[first.verdict])
    asSecond.push(1 - FIRST[second.verdict])
  }
  const gained = (combine(asFirst, rule) ?? 0) - (combine(asSecond, rule) ?? 0)
  if (Math.abs(gained) < 1e-9) return 'agreed'
  return gained > 0 ? 'first' : 'second'
}

function emptyOnes(answer: string, other: string, threshold: number): CheckVerdict {
  const [own, others] = [answer.trim() === '', other.trim() === '']
  const score = own && others ? 0.5 : own ? 0 : 1
  const reason = own && others ? 'both replies are empty' : `${own ? 'the' : 'the other'} reply is empty`
  const evidence = { kind: 'judgement', score, length: answer.length, lengthOfOther: other.length } as const
  return verdictOf(reason, score, threshold, evidence)
}

function verdictOf(
  reason: string,
  score: number,
  threshold: number,
  evidence: JudgementEvidence,
): CheckVerdict {
  const besides = { metadata: { evidence } }
  return score >= threshold - 1e-9 ? passed(reason, score, besides) : failed(reason, score, besides)
}

function outcomeOf(score: number): string {
  return score > 0.5 ? 'won' : score < 0.5 ? 'lost' : 'tied'
}

/** What the first member said who came to the panel's verdict. */
function reasoningOf(both: readonly Both[], score: number): string {
  const one = both.find((member) => scoreOf(member) === score)?.first
  return one === undefined || one.verdict === null || one.reasoning === '' ? '' : `: ${one.reasoning}`
}
