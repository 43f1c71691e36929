import type { CheckContext, CheckVerdict } from '../../harness/model/custom-check.ts'
import type { JudgementEvidence } from '../../harness/model/evidence.ts'
import { failed, passed } from '../shared/verdict.ts'
import type { JudgeSettings } from './config.ts'
import { dataBlocks } from './data.ts'
import { askMember, noVerdict } from './members.ts'
import { combine } from './panel.ts'
import { fill, rubricParts } from './template.ts'
import type { Judged } from './texts.ts'
import type { MemberVerdict } from './verdict.ts'
import { readLevel } from './verdict.ts'

/** A level for the reply, by each member of the panel and by all of them together. */
export async function grade(
  { answer, question, reference }: Judged,
  settings: JudgeSettings,
  context: CheckContext,
): Promise<CheckVerdict> {
  const { rubric, members, rule, threshold } = settings
  if (answer.trim() === '') return failed('the reply is empty', 0, about({ score: 0, length: 0 }))
  const data = dataBlocks([answer, question ?? '', reference ?? ''])
  const prompt = fill(settings.template, {
    ...rubricParts(rubric),
    question: question === undefined ? '' : data.block('question', 'The question', question),
    reference:
      reference === undefined ? '' : data.block('reference', 'A good answer, to compare with', reference),
    answer: data.block('answer', 'The answer to be judged', answer),
  })
  const verdicts = await Promise.all(
    members.map((member) => askMember(member, prompt, context, (reply) => readLevel(reply, rubric))),
  )
  const [lowest, highest] = [rubric.levels[0]?.level ?? 0, rubric.levels.at(-1)?.level ?? 1]
  const span = highest - lowest
  const scores = verdicts.map(({ verdict }) => (verdict === null ? null : (verdict - lowest) / span))
  const score = combine(scores, rule)
  if (score === null) throw noVerdict(verdicts)
  const level = lowest + score * span
  const by =
    members.length === 1 ? '' : ` (${rule} of ${verdicts.map(({ verdict }) => verdict ?? '–').join(', ')})`
  const asked = `${shown(lowest + threshold * span)} asked for`
  const reason = `level ${shown(level)} of ${lowest}–${highest}${by}, ${asked}${reasoningNear(level, verdicts)}`
  const besides = about({
    score,
    length: answer.length,
    ...(members.length > 1 && { panel: scores }),
  })
  return score >= threshold - 1e-9 ? passed(reason, score, besides) : failed(reason, score, besides)
}

function about(evidence: Omit<JudgementEvidence, 'kind'>): { metadata: { evidence: JudgementEvidence } } {
  return { metadata: { evidence: { kind: 'judgement', ...evidence } } }
}

/** What the member said whose level is nearest to the panel's. */
function reasoningNear(level: number, verdicts: readonly MemberVerdict<number>[]): string {
  const given = verdicts.flatMap((one) => (one.verdict === null ? [] : [one]))
  const apart = ({ verdict }: { readonly verdict: number }): number => Math.abs(verdict - level)
  const nearest = given.toSorted((a, b) => apart(a) - apart(b))[0]
  return nearest === undefined || nearest.reasoning === '' ? '' : `: ${nearest.reasoning}`
}

function shown(level: number): string {
  return String(Math.round(level * 100) / 100)
}
