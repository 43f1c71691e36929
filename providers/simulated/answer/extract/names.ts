import type { Mention } from './mention.ts'

const LEGAL_FORM = String.raw`(?:Limited|Ltd|LLC|LLP|Inc|Corp|Corporation|plc|PLC|GmbH|AG|KG|SE|S\.A|N\.A|B\.V|N\.V|Oy|AB|AS|DAC|SARL|s\.r\.o|e\.U|a\.s)\.?`
const WORD = String.raw`\p{Lu}[\p{L}'’&-]*`
const NAME = new RegExp(
  String.raw`^(?:the undersigned,? )?(${WORD}(?:(?:,? (?=${LEGAL_FORM})| (?:& |of |de |van |von )?)(?:${LEGAL_FORM}|${WORD}))*)`,
  'u',
)
const HAS_FORM = new RegExp(String.raw`[ ,]${LEGAL_FORM}$`, 'u')
/** After these the parties of a paper are named. */
const OPENING = /\b(?:by and between|between|among|the undersigned,?)\s+/i
/** Where one party's particulars end and the next one's name begins. */
const NEXT = /,? and (?=\p{Lu})|, (?=\p{Lu})|; /gu

/** Who makes the paper: the names after "between" that have a legal form, or are followed by what the person is. */
export function partiesIn(sentence: string): Mention[] {
  const opening = OPENING.exec(sentence)
  if (opening === null) return []
  const found: Mention[] = []
  const from = opening.index + opening[0].length
  for (const start of [
    from,
    ...[...sentence.matchAll(NEXT)].map(({ 0: gap, index }) => index + gap.length),
  ]) {
    if (start < Math.max(from, found.at(-1)?.end ?? 0)) continue
    const name = NAME.exec(sentence.slice(start))?.[1]
    if (name !== undefined && isParty(name, sentence.slice(start + name.length))) {
      found.push({ start, end: start + name.length, verbatim: name, bare: name })
    }
  }
  return found
}

function isParty(name: string, after: string): boolean {
  if (HAS_FORM.test(name)) return true
  return (
    name.includes(' ') && (/^, \p{Ll}/u.test(after) || /^[.,]?$/.test(after) || /^ and \p{Lu}/u.test(after))
  )
}

const LAW =
  /\b(?:the )?laws? of (?:the )?((?:(?:State|Province|Canton|Republic|Commonwealth|Kingdom) of )?\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*(?: and \p{Lu}[\p{L}'’-]*)?)/gu

/** The legal systems a sentence names: "the laws of England and Wales". */
export function lawsIn(sentence: string): Mention[] {
  return [...sentence.matchAll(LAW)].map(({ 0: verbatim, 1: bare = '', index }) => ({
    start: index,
    end: index + verbatim.length,
    verbatim,
    bare,
  }))
}
