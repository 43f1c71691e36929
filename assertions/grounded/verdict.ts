import type { CheckVerdict } from '../../harness/model/custom-check.ts'
import type { ClaimsEvidence, Mark } from '../../harness/model/evidence.ts'
import { quoted } from '../shared/quote.ts'
import { failed, passed } from '../shared/verdict.ts'
import type { Answer } from './answers.ts'
import type { GroundedConfig } from './config.ts'
import { MOST_CLAIMS, type Review, type ReviewedCitation, type ReviewedClaim } from './review.ts'
import type { Span } from './span.ts'

const MOST_TOLD = 5
const MOST_MARKS = 100

/** What a review comes to. @param notes what is to be said besides */
export function verdictOf(
  review: Review,
  { threshold, citations: expected }: GroundedConfig,
  notes: readonly string[],
): CheckVerdict {
  const { claims, citations } = review
  const wrong = claims.filter(({ finding }) => !finding.isSupported)
  const right = claims.length - wrong.length
  const support = citations.filter(({ isSupporting }) => isSupporting).length
  const due = citations.length + (expected === 'required' ? review.uncited : 0)
  const supported = claims.length === 0 ? Number(review.declines) : right / claims.length
  const cited = due === 0 ? undefined : support / due
  const score = Math.min(supported, cited ?? 1)
  const exist = citations.filter(({ document }) => document !== undefined).length
  const evidence: ClaimsEvidence = {
    kind: 'claims',
    claims: claims.length,
    supported: right,
    ...(citations.length === 0 ? {} : { citations: { made: citations.length, exist, support } }),
  }
  const besides = {
    namedScores: { supported, ...(cited === undefined ? {} : { citations: cited }) },
    metadata: { evidence, marks: marksOf(wrong, citations) },
  }
  const reason = [...sentencesOn(review, wrong), ...citationSentences(review, expected), ...notes].join(' ')
  return score >= threshold ? passed(reason, score, besides) : failed(reason, score, besides)
}

function sentencesOn({ claims, declines, skipped }: Review, wrong: readonly ReviewedClaim[]): string[] {
  if (claims.length === 0)
    return [
      declines
        ? 'It claims nothing: it says that the context does not tell.'
        : 'It claims nothing that could be checked.',
    ]
  const skip = skipped === 0 ? [] : [`Only its first ${MOST_CLAIMS} claims were compared.`]
  const all = claims.length === 1 ? 'The claim' : `All ${claims.length} claims`
  if (wrong.length === 0)
    return [`${all} ${claims.length === 1 ? 'is' : 'are'} supported by the context.`, ...skip]
  const listed = wrong
    .slice(0, MOST_TOLD)
    .map((claim) => `${quoted(claim.answer.text.slice(claim.start, claim.end))} (${noteOf(claim)})`)
  const more = wrong.length > MOST_TOLD ? `; and ${wrong.length - MOST_TOLD} more` : ''
  return [
    `${wrong.length} of ${claims.length} claims ${wrong.length === 1 ? 'is' : 'are'} not supported by the context: ${listed.join('; ')}${more}.`,
    ...skip,
  ]
}

function citationSentences({ citations, uncited }: Review, expected: GroundedConfig['citations']): string[] {
  const bad = citations.filter(({ isSupporting }) => !isSupporting)
  const listed = bad.slice(0, MOST_TOLD).map(citationNote)
  const more = bad.length > MOST_TOLD ? `; and ${bad.length - MOST_TOLD} more citations do not hold` : ''
  const missing =
    expected === 'required' && uncited > 0
      ? [`${uncited} ${uncited === 1 ? 'claim cites' : 'claims cite'} no document.`]
      : []
  return [...(listed.length === 0 ? [] : [`${listed.join('; ')}${more}.`]), ...missing]
}

/** Why a claim is not supported. */
function noteOf({ finding: { nearest, isJudged } }: ReviewedClaim): string {
  if (isJudged === true) return 'the judge finds it unsupported'
  if (nearest === undefined) return 'nothing like it is in the context'
  if (nearest.problems.length > 0) return nearest.problems.slice(0, 3).join(', ')
  return `the nearest passage has ${Math.round(nearest.overlap * 100)} % of what it says`
}

function citationNote({ cited, document }: ReviewedCitation): string {
  return document === undefined
    ? `the citation ${quoted(cited)} names no document of the context`
    : `the document cited as ${quoted(cited)} does not support what it is cited for`
}

function marksOf(wrong: readonly ReviewedClaim[], citations: readonly ReviewedCitation[]): readonly Mark[] {
  const claims = wrong.flatMap((claim) => markOf(claim.answer, claim, 'unsupported', noteOf(claim)))
  const cited = citations
    .filter(({ isSupporting, end }) => !isSupporting && end > 0)
    .flatMap((citation) => markOf(citation.answer, citation, 'citation', citationNote(citation)))
  return [...claims, ...cited].slice(0, MOST_MARKS)
}

function markOf({ toReply }: Answer, { start, end }: Span, label: string, note: string): Mark[] {
  return toReply === undefined ? [] : [{ start: toReply(start), end: toReply(end), label, note: `${note}.` }]
}
