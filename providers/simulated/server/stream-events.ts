import type { Completion, ReplyPart, StreamEvent } from './protocol.ts'

/** An event, and what share of the reply has been said with it: 0 with the first piece, 1 with the last. */
export interface TimedEvent {
  readonly event: StreamEvent
  readonly share: number
}

/** A reply is streamed in no more pieces than that, each a few words. */
const MOST_PIECES = 64
const PIECE_CHARACTERS = 12

/** A reply as its stream tells it, event by event. */
export function eventsOf({ parts }: Pick<Completion, 'parts'>): TimedEvent[] {
  const pieces = parts.map((part) => piecesOf(textIn(part)))
  const all = pieces.reduce((sum, list) => sum + list.length, 0)
  let said = 0
  const timed = (event: StreamEvent): TimedEvent => ({
    event,
    share: all <= 1 ? 0 : Math.min(1, Math.max(0, said - 1) / (all - 1)),
  })
  const events = [timed({ is: 'start' })]
  for (const [index, part] of parts.entries()) {
    events.push(timed({ is: 'part', index, part }))
    for (const text of pieces[index] ?? []) {
      said++
      events.push(timed({ is: 'delta', index, part, text }))
    }
    events.push(timed({ is: 'part-end', index, part }))
  }
  return [...events, timed({ is: 'end' })]
}

/** Cut at blanks, and within words that are longer than a piece; never within a character. */
function piecesOf(text: string): string[] {
  const size = Math.max(PIECE_CHARACTERS, Math.ceil(text.length / MOST_PIECES))
  return text.match(new RegExp(`[^]{1,${size}}(?=\\s|$)|[^]{1,${size}}`, 'gu')) ?? []
}

function textIn(part: ReplyPart): string {
  return part.is === 'text' ? part.text : part.json
}
