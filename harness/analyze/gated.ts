import type { Analysis, ColumnAnalysis, TagAnalysis } from '../model/analysis.ts'

/**
 * What floors and must-pass tags are held to: the figures of a run without the cases that are out of the gate, which are run and shown all
 * the same. A tag whose cases are all out keeps its place, with nothing counted.
 * @param gated the same run's trials without those of such cases
 */
export function withGated(analysis: Analysis, gated: Analysis): Analysis {
  return {
    ...analysis,
    columns: analysis.columns.map((column) => gatedColumn(column, gated)),
    ...(analysis.tags !== undefined && { tags: analysis.tags.map((tag) => gatedTag(tag, gated)) }),
  }
}

/** A score that `gated` does not have, such as one derived from others, stays as it is. */
function gatedColumn(column: ColumnAnalysis, { columns }: Analysis): ColumnAnalysis {
  const own = columns.find(({ prompt, provider }) => prompt === column.prompt && provider === column.provider)
  if (own === undefined) return column
  const { passRate, interval, firstTry, measures } = own
  const namedScores = { ...column.namedScores, ...own.namedScores }
  return {
    ...column,
    passRate,
    interval,
    namedScores,
    ...(firstTry !== undefined && { firstTry }),
    ...(measures !== undefined && { measures }),
  }
}

function gatedTag(tag: TagAnalysis, { tags = [] }: Analysis): TagAnalysis {
  const found = tags.find((other) => other.tag === tag.tag)
  return {
    tag: tag.tag,
    columns: tag.columns.map(({ prompt, provider }) => {
      const own = found?.columns.find((other) => other.prompt === prompt && other.provider === provider)
      return own ?? { prompt, provider, passed: 0, failed: 0, errored: 0, failing: [] }
    }),
  }
}
