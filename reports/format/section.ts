/** What a line tells, for the formats that have colour. */
export type Tone = 'bad' | 'good' | 'warn' | 'quiet'

/** A stretch of a text that was kept, taken out or put in. */
export interface Piece {
  readonly op: 'same' | 'removed' | 'added'
  readonly text: string
}

/** An entry of a section. Its texts are as they are on record: each format escapes them. */
export interface Line {
  /** `file:line`, before the text. */
  readonly place?: string
  readonly text: string
  readonly tone?: Tone
  readonly details?: readonly string[]
  readonly diff?: readonly Piece[]
}

/** A titled list that every format shows in its own way. Never without lines. */
export interface Section {
  readonly title: string
  readonly lines: readonly Line[]
}

/** A section, or none where it has nothing to say. */
export function section(title: string, lines: readonly Line[]): Section[] {
  return lines.length === 0 ? [] : [{ title, lines }]
}

/** The first few lines, and how many more there are. */
export function limited(lines: readonly Line[], limit: number, where: string): Line[] {
  const more = lines.length - limit
  if (more <= 0) return [...lines]
  return [...lines.slice(0, limit), { text: `… and ${more} more ${where}.`, tone: 'quiet' }]
}
