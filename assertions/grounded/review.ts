import { bestSupport, supportsPart, type Finding } from './best-support.ts'
import type { Answer } from './answers.ts'
import type { CitationIds } from './citation-ids.ts'
import type { Citation } from './citations.ts'
import { readAnswer, type Claim } from './claims.ts'
import type { GroundedConfig } from './config.ts'
import type { Source } from './source.ts'

/** More claims of one reply are not compared. */
export const MOST_CLAIMS = 300

export interface ReviewedClaim extends Claim {
  readonly answer: Answer
  readonly finding: Finding
}

/** A citation and what it is worth. `start` and `end` are into `answer`, both 0 for one of a field beside it. */
export interface ReviewedCitation extends Citation {
  readonly answer: Answer
  readonly isSupporting: boolean
}

/** A reply held against its context. */
export interface Review {
  readonly claims: readonly ReviewedClaim[]
  /** Of all claims, those left out. */
  readonly skipped: number
  readonly citations: readonly ReviewedCitation[]
  /** Claims that cite nothing. */
  readonly uncited: number
  readonly declines: boolean
}

export function reviewOf(
  answers: readonly Answer[],
  source: Source,
  ids: CitationIds,
  config: GroundedConfig,
): Review {
  const said = answers.map((answer) => ({ answer, ...readAnswer(answer.text, ids) }))
  const all = said.flatMap(({ answer, claims }) => claims.map((claim) => ({ ...claim, answer })))
  const claims = all
    .slice(0, MOST_CLAIMS)
    .map((claim) => Object.assign(claim, { finding: bestSupport(claim.statement, source, config) }))
  const skipped = all.length - claims.length
  const declines = said.some((answer) => answer.declines || answer.answer.isNull)
  if (config.citations === 'none') return { claims, skipped, citations: [], uncited: 0, declines }
  const inClaims = claims.flatMap((claim) =>
    claim.citations.map((citation) => reviewed(citation, claim.answer, [claim], claim.citations.length)),
  )
  const beside = said.flatMap(({ answer, citations }) => {
    const own = claims.filter((claim) => claim.answer === answer)
    const fields = answer.cited.map((cited) => ({ cited, document: ids.resolve(cited), start: 0, end: 0 }))
    return [...citations, ...fields].map((citation) => reviewed(citation, answer, own, 2))
  })
  const uncited = claims.filter(
    ({ citations, answer }) => citations.length + answer.cited.length === 0,
  ).length
  return { claims, skipped, citations: [...inClaims, ...beside], uncited, declines }

  /** One of several citations of a claim may support a clause of it only. */
  function reviewed(
    citation: Citation,
    answer: Answer,
    cited: readonly Claim[],
    among: number,
  ): ReviewedCitation {
    const { document } = citation
    const isSupporting =
      document !== undefined &&
      cited.some(
        ({ statement }) =>
          bestSupport(statement, source, config.cited, document).isSupported ||
          (among > 1 && supportsPart(statement, source, config.cited, document)),
      )
    return { ...citation, answer, isSupporting }
  }
}
