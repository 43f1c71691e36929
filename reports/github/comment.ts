import { markdown } from '../format/escape-markdown.ts'
import { cut } from '../format/plain.ts'

/** GitHub takes no comment of more characters. */
export const COMMENT_LIMIT = 65_536

/** UTF-16 units of the names in a marker. */
const NAMES_LIMIT = 300

/** Where a comment's reader finds the rest. */
export interface Whereabouts {
  /** The run's folder, as a person would type it. */
  readonly record: string
  /** Name of the artifact that holds it. */
  readonly artifact?: string | undefined
  /** Address of the workflow run. */
  readonly url?: string | undefined
}

/**
 * A comment on a pull request: a marker that nobody sees and that the next run finds its comment by, the summary, and where the
 * rest is.
 * @param suites whose comment it is: the same suites have one comment
 */
export function commentBody(suites: readonly string[], summary: string, where: Whereabouts): string {
  return `${markerOf(suites)}\n\n${summary.trimEnd()}\n\n${whereLine(where)}\n`
}

/** `<!-- assay: sentiment -->`. What could end an HTML comment is encoded, as in an address. */
export function markerOf(suites: readonly string[]): string {
  const names = suites.map((name) => encodeURIComponent(name.toWellFormed()).replaceAll('--', '-%2D'))
  return `<!-- assay: ${cut(names.join(' + '), NAMES_LIMIT)} -->`
}

function whereLine({ record, artifact, url }: Whereabouts): string {
  const at = artifact === undefined ? '' : ` in the artifact **${markdown(artifact)}**`
  const run =
    url === undefined || !/^https?:\/\/[\w.:/-]+$/.test(url) ? '' : ` of [this workflow run](${url})`
  return `The record, with report.html: ${markdown(record)}${at}${run}.`
}
