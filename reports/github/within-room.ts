import { counted } from '../format/figures.ts'
import { type Annotation, type Level, LEVELS } from './command.ts'

/** GitHub drops what goes beyond ten of a kind in one step, without a word. */
const ROOM = 10

/** The first of each kind that there is room for in a step, errors first. The last of a kind says how many of it were left out. */
export function withinRoom(annotations: readonly Annotation[]): Annotation[] {
  return LEVELS.flatMap((level) =>
    firstOf(
      level,
      annotations.filter((one) => one.level === level),
    ),
  )
}

function firstOf(level: Level, all: readonly Annotation[]): Annotation[] {
  const shown = all.slice(0, ROOM)
  const last = shown.at(-1)
  const more = all.length - shown.length
  if (last === undefined || more === 0) return shown
  const message = `${last.message}\n… and ${counted(more, `more ${level}`)}, in the report.`
  return shown.with(ROOM - 1, { ...last, message })
}
