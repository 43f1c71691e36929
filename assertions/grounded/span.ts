/** A part of a text, by UTF-16 offsets; `end` is after the last unit. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A text with parts blanked: offsets stay, what stood there is gone. */
export function blanked(text: string, spans: readonly Span[]): string {
  let [made, at] = ['', 0]
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue
    const from = Math.max(start, at)
    made += text.slice(at, from) + ' '.repeat(end - from)
    at = end
  }
  return made + text.slice(at)
}
