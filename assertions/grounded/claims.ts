import type { CitationIds } from './citation-ids.ts'
import { citationsIn, type Citation } from './citations.ts'
import { piecesOf } from './pieces.ts'
import { blanked, type Span } from './span.ts'
import { statementOf, type Statement } from './statement.ts'

/** A sentence of an answer that claims something. Offsets and those of its citations are into the answer. */
export interface Claim extends Span {
  readonly statement: Statement
  readonly citations: readonly Citation[]
}

/** What an answer says. */
export interface Said {
  readonly claims: readonly Claim[]
  /** Citations in sentences that claim nothing: a list of sources. */
  readonly citations: readonly Citation[]
  /** Whether it says that the context does not tell. */
  readonly declines: boolean
}

const THE_CONTEXT =
  '(?:context|documents?|texts?|passages?|sources?|excerpts?|information|materials?|records?)'
const DECLINE = RegExp(
  [
    String.raw`\b${THE_CONTEXT}\b.{0,40}?\b(?:does|do|did)(?:n't| not) (?:\w+ )?(?:say|state|mention|specify|contain|provide|address|include|cover|indicate|define|disclose|give|tell)`,
    String.raw`\b(?:contract|agreement|lease|policy)\b.{0,40}?\b(?:does|do)(?:n't| not) (?:\w+ )?(?:say|state|mention|specify|address|indicate|define|disclose|tell)`,
    String.raw`\b(?:not|n't|never) (?:\w+ )?(?:mentioned|stated|specified|addressed|indicated|disclosed)\b`,
    String.raw`\b(?:not|n't) (?:\w+ )?(?:given|provided|found|contained|included|answered|in) (?:in |by )?(?:the |this |your )?(?:provided |given )?${THE_CONTEXT}`,
    String.raw`\b(?:no|not enough|insufficient|not sufficient) (?:\w+ )?(?:information|mention|details?|indication)\b`,
    String.raw`\bI (?:do not|don't|cannot|can't|could not|couldn't|am unable to|am not able to) (?:know|find|answer|determine|tell|say|see)\b`,
    String.raw`^(?:unknown|not (?:stated|specified|mentioned|given|known)|n/a|none (?:stated|specified|given))\.?$`,
  ].join('|'),
  'i',
)
/** No sentence without one of these declines. */
const MAYBE_DECLINES = /no|n't|n\/a|never|sufficient|unable/i
const CONTRAST = /[,;]?\s(?:but|however|although|though|yet)\b,?\s/i
const PREFIX =
  /^\s*(?:(?:yes|no|sure|certainly|of course|okay|ok)\s?[,.!:–—-]+\s*|(?:based on|according to|as per|per|in|from)\s+(?:(?:the|your|this|these)\s+(?:provided\s|given\s|above\s|attached\s)?(?:context|documents?|texts?|passages?|information|excerpts?|sources?|contract|agreement)(?:\s(?:provided|given|above))?)?\s*,\s*|(?:please\s)?note\sthat\s|(?:the|this)\s(?:provided\s|given\s)?(?:context|document|text|passage|source|excerpt|contract|agreement)s?\s(?:states?|says?|mentions?|specifies|indicates?|notes?|shows?)(?:\sthat)?\s)/i
const ADDRESS = /^(?:hi|hello|hey|dear|(?:kind|best|warm)?\s?regards|sincerely|yours)\b[^.?]{0,60}$/i
const COURTESY =
  /^(?:thanks?|thank you|sure|certainly|of course|absolutely|great|good question|here(?:'s| is| are)|i hope|hope (?:this|that)|let me know|feel free|if you (?:have|need|want|would)|please (?:let|contact|feel|do not hesitate|consult)|i(?:'d| would) be happy|happy to|you (?:should|may wish to) consult|i(?:'m| am) sorry|sorry|unfortunately,? i\b|i (?:can|cannot|can't|could not|couldn't|will|won't|am unable))\b/i

/** Reads an answer sentence by sentence. Questions, lead-ins, courtesies and declines claim nothing. @param ids absent: citations are no matter */
export function readAnswer(answer: string, ids: CitationIds): Said {
  const pieces = piecesOf(answer)
  const claims: Claim[] = []
  const loose: Citation[] = []
  let declines = false
  for (const { text, start, end } of pieces) {
    const found = citationsIn(text, ids)
    const citations = found.map((citation) => shifted(citation, start))
    const bare = blanked(text, found).replaceAll('’', "'")
    const declined = MAYBE_DECLINES.test(bare) ? DECLINE.exec(bare) : null
    if (declined !== null) declines = true
    const said = withoutPrefix(declined === null ? bare : contrastOf(bare, declined.index))
    const statement = statementOf(said)
    if (claimsSomething(statement, pieces.length === 1)) claims.push({ start, end, statement, citations })
    else loose.push(...citations)
  }
  return { claims, citations: loose, declines }
}

function claimsSomething(statement: Statement, isAlone: boolean): boolean {
  const text = statement.text.trim()
  if (!/[\p{L}\p{N}]/u.test(text) || text.endsWith('?') || ADDRESS.test(text)) return false
  const figures = statement.clauses.some(
    ({ numbers, dates }) => dates.length > 0 || numbers.some(({ isArticle }) => !isArticle),
  )
  if (text.endsWith(':')) return figures
  const isFactual =
    figures ||
    statement.quotes.length > 0 ||
    statement.clauses.some(({ names }) => names.some(({ isFirst }) => !isFirst))
  if (COURTESY.test(text) && !isFactual) return false
  return isFactual || statement.terms.size > 1 || (isAlone && statement.terms.size === 1)
}

/** What a sentence says after it has declined: "The contract does not say, but it is usually 30 days." */
function contrastOf(text: string, from: number): string {
  const contrast = CONTRAST.exec(text.slice(from))
  if (contrast !== null) return text.slice(from + contrast.index + contrast[0].length)
  const isConcession = /^\s*(?:although|though|while)\b/i.test(text)
  const comma = text.indexOf(',', from)
  return isConcession && comma !== -1 ? text.slice(comma + 1) : ''
}

function withoutPrefix(text: string): string {
  let rest = text
  for (let tries = 0; tries < 3 && PREFIX.test(rest); tries++) rest = rest.replace(PREFIX, '')
  return rest.trim()
}

function shifted(citation: Citation, by: number): Citation {
  return { ...citation, start: citation.start + by, end: citation.end + by }
}
