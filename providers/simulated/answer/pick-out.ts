const MONTH = String.raw`(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\p{L}*`
const DATE = new RegExp(
  String.raw`\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2} ${MONTH}(?: \d{4})?|\b${MONTH} \d{1,2}(?:, \d{4})?|\b(?:19|20)\d{2}\b`,
  'iu',
)
const MONEY =
  /(?:[$€£]|\b(?:USD|EUR|GBP)\s?)\d[\d.,]*(?:\s?(?:million|thousand|k|m))?|\b\d[\d.,]*\s?(?:USD|EUR|GBP|dollars|euros|pounds)\b/iu
const NUMBER = /-?\b\d[\d.,]*\d\b|-?\b\d\b/u
const CODE = /\b(?=[\p{L}\d-]*\d)[\p{L}\d][\p{L}\d-]{2,}\b/u
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/u
const NAME = /\b\p{Lu}[\p{L}'-]+(?: (?:of |de |van |von )?\p{Lu}[\p{L}'-]+)*/gu
const PLACE = /\b(?:in|at|for|from|near|to) (\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)*)/u
const PREDICATE = /\b(?:is|are|was|were|means|called|named)\b\s+(.+?)[.!?]?$/u

/** What kind of thing is asked for, as far as its wording tells. */
const KINDS: readonly (readonly [
  asked: RegExp,
  pick: (text: string, asked: string) => string | undefined,
])[] = [
  [/\b(?:when|date|day|year|deadline|due|expires?)\b/i, (text) => DATE.exec(text)?.[0]],
  [
    /\b(?:how much|amount|price|cost|fee|rent|salary|total|payment|sum)\b/i,
    (text) => (MONEY.exec(text) ?? NUMBER.exec(text))?.[0],
  ],
  [/\b(?:how many|count|quantity|number of|age|percent\w*)\b/i, (text) => NUMBER.exec(text)?.[0]],
  [/\be-?mail\b/i, (text) => EMAIL.exec(text)?.[0]],
  [
    /\b(?:id|code|number|no|key|password|reference|serial|order|invoice)\b/i,
    (text) => (CODE.exec(text) ?? NUMBER.exec(text))?.[0],
  ],
  [
    /\b(?:where|city|location|place|country|town)\b/i,
    (text, asked) => PLACE.exec(text)?.[1] ?? newName(text, asked),
  ],
  [/\b(?:who|whom|name|party|parties|person|author|customer)\b/i, newName],
]

/** The few words of a sentence that answer what was asked, or undefined when none of the kind is there. */
export function pickOut(text: string, asked: string): string | undefined {
  const words = asked.replaceAll('_', ' ')
  for (const [kind, pick] of KINDS) {
    if (!kind.test(words)) continue
    const found = pick(text, words)
    if (found !== undefined) return found
  }
  return undefined
}

/** What a sentence says its subject is: the words after its verb. */
export function predicateOf(sentence: string): string | undefined {
  return PREDICATE.exec(sentence)?.[1]
}

/** A name the question does not itself contain, not even in part; one that merely opens the sentence comes last. */
function newName(text: string, asked: string): string | undefined {
  const names = (text.match(NAME) ?? []).map((name) =>
    name.replace(/^(?:The|Its|His|Her|Their|This|It|A|An) ?/, ''),
  )
  const known = asked.toLowerCase()
  const fresh = names.filter(
    (name) => name !== '' && !name.split(' ').some((word) => known.includes(word.toLowerCase())),
  )
  return fresh.find((name) => name.includes(' ') || !text.startsWith(name)) ?? fresh[0]
}
