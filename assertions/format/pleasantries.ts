const LONGEST = 400

/** How chat models begin before they begin. */
const PREAMBLE =
  /^(?:(?:sure|certainly|of course|absolutely|okay|ok|great(?: question)?|no problem|happy to help|gladly|understood|got it)(?: thing)?(?:\s?[!,.:;–—]|\s?-(?=\s|$))|i(?:['’]d| would) be (?:happy|glad) to\b|i(?:['’]ve| have) (?:analy[sz]ed|reviewed|read|prepared|extracted|classified)\b|(?:here(?:['’]s| is| are)|below (?:is|are)|the following (?:is|are)|let me|let['’]s|as requested|thank you for|thanks for)\b)/iu

/** How they go on after they have ended. */
const CLOSING =
  /(?:let me know\b|feel free to\b|i hope (?:this|that) helps|hope (?:this|that) helps|(?:would|do) you (?:like|want) me to\b|(?:don['’]t|do not) hesitate\b|if you (?:have|need|want|would like|['’]d like)\b[^\n.!?]{0,200}(?:question|help|assist|ask|detail|let me)|is there anything else|happy to help)/iu

/** Words before the answer: "Sure! Here is …". Undefined where the text begins with what was asked for. */
export function preambleOf(text: string): string | undefined {
  const start = text.trimStart().slice(0, LONGEST)
  return PREAMBLE.test(start) ? firstLine(start) : undefined
}

/** An offer of more help in the last sentence, an emoji after it or not. */
export function closingOf(text: string): string | undefined {
  const end = text.trimEnd().slice(-LONGEST)
  const sentence = end.split(/(?<=[.!?:])\s+|\n+/).findLast((part) => /[\p{L}\p{N}]/u.test(part))
  return sentence !== undefined && CLOSING.test(sentence) ? sentence.trim() : undefined
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
