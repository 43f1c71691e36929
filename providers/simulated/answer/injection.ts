import type { Profile } from '../profile.ts'
import type { Reading } from '../prompt/read-prompt.ts'
import type { Random } from '../random.ts'

const SEIZE =
  /\b(?:ignore|disregard|forget|override|skip)\b[^.\n]{0,40}\b(?:instructions?|rules|prompt|directions|guidelines|above|previous)\b|\bnew (?:instructions?|task)\s*:|\bsystem (?:override|message|note)\b|\bnote to the (?:ai|model|assistant)\b|\byou (?:must|are) now\b/i
const ORDER =
  /\b(?:say|reply|respond|answer|output|print|write|return)\b(?:\s+(?:with|only|just|exactly|that|the (?:word|words|text|phrase|label)))*[\s:,]*(?:"([^"\n]{1,120})"|'([^'\n]{1,120})'|“([^”\n]{1,120})”|([^\n.!"]{1,80}))/i
const LEAK =
  /\b(?:reveal|print|repeat|show|output|quote|tell me)\b[^.\n]{0,40}\b(?:system prompt|instructions|prompt above)\b/i
const REACH = 240

/** What somebody planted in the data tells the model to answer. */
export interface Planted {
  readonly reply: string
}

/** An instruction hidden in the input or the documents, if there is one that says what to answer. */
export function findPlanted(reading: Reading): Planted | undefined {
  for (const text of [...reading.documents.map((document) => document.text), reading.input]) {
    const seized = SEIZE.exec(text)
    if (seized === null) continue
    const rest = text.slice(seized.index, seized.index + REACH)
    if (LEAK.test(rest)) return { reply: reading.instruction.trim() }
    const order = ORDER.exec(rest.slice(seized[0].length))?.slice(1)
    const reply = order?.find((group) => group !== undefined)?.trim()
    if (reply !== undefined && reply !== '') return { reply }
  }
  return undefined
}

/** Whether the model falls for it: less often once the prompt warned of instructions inside data. */
export function fallsFor(reading: Reading, profile: Profile, random: Random): boolean {
  return random.chance(reading.demands.warned ? profile.gullibilityWarned : profile.gullibility)
}
