import { cut, oneLine, plainText } from '../format/plain.ts'

/** The kinds of annotation that GitHub has, the worst first. */
export const LEVELS = ['error', 'warning', 'notice'] as const
export type Level = (typeof LEVELS)[number]

/** A remark on a line of a file of the repository. Its texts are as they are on record. */
export interface Annotation {
  readonly level: Level
  /** From the root of the repository, parted by `/`. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly title: string
  readonly message: string
}

/** UTF-16 units: GitHub cuts longer ones. */
const LIMITS = { title: 250, message: 4_000 }

/** The line of output that makes GitHub show an annotation: `::error file=…,line=…,title=…::message`. */
export function workflowCommand({ level, file, line, title, message }: Annotation): string {
  const properties = [
    `file=${property(plainText(file))}`,
    `line=${line}`,
    `title=${property(cut(oneLine(title), LIMITS.title))}`,
  ]
  // An annotation without a message is not shown.
  const said = message.trim() === '' ? title : message
  return `::${level} ${properties.join(',')}::${data(cut(plainText(said), LIMITS.message))}\n`
}

/** As the runner takes it back: `%` first, or the others would be escaped twice. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
