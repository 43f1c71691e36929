/** How the prompt wants the answer to look, and what it allows and forbids. */
export interface Demands {
  /** Keys of the JSON object that is asked for; empty where no key is named. Undefined where no JSON is asked for. */
  readonly jsonKeys: readonly string[] | undefined
  /** The answer and nothing else. */
  readonly terse: boolean
  /** What to say when the context lacks the answer. */
  readonly decline: string | undefined
  /** It says that instructions inside the data are not to be followed. */
  readonly warned: boolean
  /** It asks for the source of the answer. */
  readonly cite: boolean
  /** The source is to be told by the number of the clause or section. */
  readonly citeNumber: boolean
  /** The answer is to be told in other words than the source's. */
  readonly ownWords: boolean
}

const JSON_WANTED = /\bjson\b/i
const JSON_UNWANTED = /\b(?:no|not|without|never)\b[^.\n]{0,20}\bjson\b/i
const KEY = /["'`]([A-Za-z_][\w-]*)["'`]\s*:/g
const NAMED_KEYS =
  /\b(?:keys?|fields?|propert(?:y|ies))\b[ :]+((?:["'`]?[A-Za-z_][\w-]*["'`]?(?:\s*,\s*|\s+and\s+)?)+)/i
const TERSE =
  /\b(?:label|answer|word|name|number|value|date|category|json|output|reply)s? only\b|\b(?:reply|respond|answer|output|return|write|give)\b(?: with)? only\b|\bonly (?:the|one|with|a single)\b|\bnothing (?:else|but)\b|\bno (?:explanation|other text|preamble)\b|\b(?:single|one|few|fewest) words?\b|\bas short as\b|\bshort answer\b/i
const WARNED =
  /(?:never|do not|don't|not) (?:follow|obey|act on|execute|carry out)[^.\n]{0,40}(?:instruction|command)|(?:instructions?|commands?)[^.\n]{0,60}(?:are|is) (?:data|not (?:yours|to be followed))|untrusted|(?:is|are|as) data\b/i
const CITE = /\b(?:cite|citation|citing|source of|name the (?:document|source)|which document)\b/i
const CITE_NUMBER =
  /\b(?:cite|name|give)\b[^.\n]{0,40}\bnumbers?\b[^.\n]{0,20}\b(?:clause|section|paragraph|article)|\b(?:cite|name|give)\b[^.\n]{0,40}\b(?:clause|section|paragraph|article)s?\b[^.\n]{0,20}\bnumber/i
const OWN_WORDS = /\b(?:in )?your own words\b|\b(?:paraphrase|rephrase|restate)\b/i
const DECLINE =
  /\bif\b[^.\n]{0,120}?\b(?:not|no|n't|cannot|lacks?|missing|unsure|without|unknown)\b[^.\n]{0,120}?\b(?:say|answer|reply|respond|write|return|output)\b(?: with| only| exactly)*[\s:,]*(?:"([^"\n]{1,80})"|'([^'\n]{1,80})'|“([^”\n]{1,80})”|`([^`\n]{1,80})`)/i
const DECLINE_UNQUOTED =
  /\b(?:say|answer|reply|admit) (?:that )?(you (?:do not|don't) know|i (?:do not|don't) know)/i
const DEFAULT_DECLINE = "I don't know."

export function readDemands(instruction: string): Demands {
  const wantsJson = JSON_WANTED.test(instruction) && !JSON_UNWANTED.test(instruction)
  return {
    jsonKeys: wantsJson ? keysOf(instruction) : undefined,
    terse: TERSE.test(instruction),
    decline: declineOf(instruction),
    warned: WARNED.test(instruction),
    cite: CITE.test(instruction),
    citeNumber: CITE_NUMBER.test(instruction),
    ownWords: OWN_WORDS.test(instruction),
  }
}

function keysOf(instruction: string): string[] {
  const written = [...instruction.matchAll(KEY)].map(([, key = '']) => key)
  if (written.length > 0) return [...new Set(written)]
  const named = NAMED_KEYS.exec(instruction)?.[1]?.match(/[A-Za-z_][\w-]*/g) ?? []
  return [...new Set(named)].filter((key) => key !== 'and')
}

function declineOf(instruction: string): string | undefined {
  const quoted = DECLINE.exec(instruction)
    ?.slice(1)
    .find((group) => group !== undefined)
  if (quoted !== undefined) return quoted
  return DECLINE_UNQUOTED.test(instruction) ? DEFAULT_DECLINE : undefined
}
