import type { LabelSet } from '../learn/classifier.ts'

const ITEM = String.raw`["'\x60“]?[\p{L}\d][\p{L}\d_-]{0,30}["'\x60”]?`
const GLUE = String.raw`(?:\s*[,/|;]\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+)`
const LIST = new RegExp(`(${ITEM})((?:${GLUE}${ITEM})+)`, 'gu')
const SPLIT = new RegExp(GLUE, 'u')
/** What stands right before a list of labels. */
const CUE =
  /(?:one of|labels?|categor(?:y|ies)|class(?:es)?|options|values|either|choose from|choose between|as|into|be)(?: (?:are|is|be|the following|these|four|three|two|five|labels?|categories|exactly))*\s*[:=([{]*\s*$/i
const DEFINITION = /^\s*[-*•]\s*["'`*]{0,2}([\p{L}\d][\p{L}\d_ -]{0,30}?)["'`*]{0,2}\s*[:–—]\s+(.+)$/gmu

/** The answers a prompt allows: listed in the instruction, defined in its bullets, or shown by its examples. */
export function readLabelSet(instruction: string, outputs: readonly string[]): LabelSet | undefined {
  const definitions = new Map<string, string>()
  for (const [, label = '', definition = ''] of instruction.matchAll(DEFINITION))
    definitions.set(label, definition)
  const shown = [...new Set(outputs)]
  const listed = listedLabels(instruction)
  if (listed !== undefined) return { labels: [...new Set([...listed, ...shown])], definitions }
  if (shown.length > 1 && shown.every(isShort)) return { labels: shown, definitions }
  if (definitions.size > 1 && /classif|label|categor|sentiment|intent/i.test(instruction)) {
    return { labels: [...definitions.keys()], definitions }
  }
  return undefined
}

function listedLabels(instruction: string): string[] | undefined {
  for (const match of instruction.matchAll(LIST)) {
    const before = instruction.slice(Math.max(0, match.index - 60), match.index)
    if (CUE.test(before)) return match[0].split(SPLIT).map((item) => item.replaceAll(/["'`“”]/g, ''))
  }
  return undefined
}

function isShort(output: string): boolean {
  return output.split(/\s+/).length <= 3
}
