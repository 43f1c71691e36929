import { counted } from '../format/figures.ts'
import { markdown } from '../format/escape-markdown.ts'
import { cut } from '../format/plain.ts'

/** UTF-16 units of a quoted text: a pull request's comment may not pass 64 KB. */
const TEXT_LIMIT = 200

/** Lines of a table; its cells are escaped already. */
export function table(titles: readonly string[], leftAligned: number, rows: readonly string[][]): string[] {
  const rule = titles.map((_, i) => (i < leftAligned ? '---' : '--:'))
  return [titles, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

/** How much of a list is left out; nothing where all of it is there. */
export function omitted(total: number, listed: number, noun: string): string[] {
  return total > listed ? ['', `… and ${counted(total - listed, `more ${noun}`)}.`] : []
}

/** Text that does not render. */
export function quote(text: string, limit = TEXT_LIMIT): string {
  return markdown(cut(text, limit))
}
