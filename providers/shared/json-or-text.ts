/** JSON as the value it is; text that is no JSON stays what it is. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
