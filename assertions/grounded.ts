import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import { answersOf } from './grounded/answers.ts'
import { CitationIds } from './grounded/citation-ids.ts'
import { readConfig, type GroundedConfig } from './grounded/config.ts'
import { documentsOf, MOST_CONTEXT } from './grounded/documents.ts'
import { INSTRUCTION, judged } from './grounded/judge.ts'
import { reviewOf, type Review } from './grounded/review.ts'
import { sourceOf } from './grounded/source.ts'
import { verdictOf } from './grounded/verdict.ts'
import { fromVars } from './shared/from-vars.ts'
import { refusalIn } from './shared/refusal.ts'
import { replyText } from './shared/reply-text.ts'
import { failed } from './shared/verdict.ts'

/**
 * Whether every sentence of the reply is supported by `config.context`: one to two adjacent sentences of it must have the sentence's numbers,
 * dates, names and quotations, must not deny it, and must have enough of its words, by rarity. Its citations must name a document of
 * the context that supports the sentence by itself. Score: the supported share of the sentences that claim something, or the share of
 * citations that hold, whichever is lower; 1 for a reply that says the context does not tell; 0 for an empty one and a refusal.
 *
 * It can be wrong: it compares words, so that a free paraphrase may count as unsupported, what follows from passages far apart too, and
 * a claim made of the words of a passage in another sense as supported. English best; `docs/checks/grounded.md` has the list.
 *
 * @throws where it cannot judge: no context, a variable that is not there, a judge that fails
 */
export default function grounded(
  output: unknown,
  context: CheckContext,
): CheckVerdict | Promise<CheckVerdict> {
  const config = readConfig(context.config ?? {})
  const source = sourceOf(documentsOf(fromVars(config.context, context.vars)))
  const reply = replyText(output)
  if (reply.trim() === '') return nothing('the reply is empty')
  const answers = answersOf(output, config.answer, config.citationPath)
  if ('problem' in answers) return nothing(answers.problem)
  const review = reviewOf(answers, source, new CitationIds(source.documents), config)
  const refusal = review.claims.length === 0 && !review.declines ? refusalIn(reply) : undefined
  if (refusal !== undefined) return nothing(`the reply refuses: "${refusal}"`)
  const notes = source.isCut ? [`The context was compared to its first ${MOST_CONTEXT} characters only.`] : []
  const open = openClaims(review, config)
  if (open.length === 0) return verdictOf(review, config, notes)
  return judgedReview(review, open, config, context).then((decided) => verdictOf(decided, config, notes))
}

export const configure: Configure = (config) => {
  const { judge, overlap, unsure } = readConfig(config)
  if (judge === undefined) return {}
  return { instrument: { graders: [judge], identity: { instruction: INSTRUCTION, band: [unsure, overlap] } } }
}

/** Places of the claims that the proxies leave open: no problem with a passage that has much, but not enough, of the claim. */
function openClaims({ claims }: Review, { judge, unsure }: GroundedConfig): number[] {
  if (judge === undefined) return []
  return [...claims.keys()].filter((at) => {
    const finding = claims[at]?.finding
    return finding?.isSupported === false && (finding.unopposed?.overlap ?? 0) >= unsure
  })
}

async function judgedReview(
  review: Review,
  open: readonly number[],
  { judge }: GroundedConfig,
  context: CheckContext,
): Promise<Review> {
  const asked = open.map((at) => {
    const claim = review.claims[at]
    const passage = claim?.finding.unopposed?.window.map(({ text }) => text).join(' ') ?? ''
    return { claim: claim?.statement.text ?? '', passage }
  })
  const verdicts = await judged(asked, judge, context)
  const decided = new Map(open.map((at, index) => [at, verdicts[index] === true]))
  const claims = review.claims.map((claim, at) => {
    const isSupported = decided.get(at)
    return isSupported === undefined
      ? claim
      : { ...claim, finding: { ...claim.finding, isSupported, isJudged: true } }
  })
  return { ...review, claims }
}

function nothing(reason: string): CheckVerdict {
  return failed(reason, 0, { namedScores: { supported: 0 } })
}
