/** Where a text stands in a context: the share of the context before it, and how often it is there. */
export interface Located {
  /** Of the first one: 0 where the context begins with it, 1 where it ends with it. */
  readonly depth: number
  readonly times: number
}

/**
 * Finds a needle in a prompt, blanks being alike. In a prompt that is chat JSON it is found as it is escaped there.
 * @param between what the context begins and ends with, from the first of the one to the last of the other; without it, the whole prompt
 * @returns undefined where it is not there
 * @throws Error for a prompt without these marks
 */
export function locate(
  prompt: string,
  needle: string,
  between?: readonly [string, string],
): Located | undefined {
  const context = blanksAlike(between === undefined ? prompt : inner(prompt, between))
  const plain = blanksAlike(needle)
  const escaped = JSON.stringify(plain).slice(1, -1)
  const sought = context.includes(plain) ? plain : escaped
  const first = context.indexOf(sought)
  if (first === -1) return undefined
  let times = 0
  for (let at = first; at !== -1; at = context.indexOf(sought, at + sought.length)) times++
  const rest = context.length - sought.length
  return { depth: rest === 0 ? 0 : first / rest, times }
}

function inner(prompt: string, [opening, closing]: readonly [string, string]): string {
  const from = prompt.indexOf(opening)
  const to = prompt.lastIndexOf(closing)
  if (from === -1 || to < from + opening.length)
    throw new Error(`position: the prompt has no context between ${opening} and ${closing}`)
  return prompt.slice(from + opening.length, to)
}

/** A line feed that JSON escapes is a blank too. */
function blanksAlike(text: string): string {
  return text.replaceAll(/(?:\s|\\n)+/g, ' ').trim()
}
