import type { Analysis, CaseAnalysis } from '../../harness/model/analysis.ts'
import { count, counted } from '../format/figures.ts'
import { cut, oneLine } from '../format/plain.ts'
import { wrap } from './fit.ts'
import type { Paint } from './paint.ts'

const LISTED = 8
/** Beside a comparison, whose flips say more. */
const LISTED_BESIDE = 3
const REASON_LIMIT = 220

/** The cases that failed most: where they stand, why, and in which columns. */
export function worstCases(analysis: Analysis, width: number, paint: Paint): string[] {
  const failed = analysis.worst.filter((testCase) => testCase.failed > 0)
  if (failed.length === 0) return []
  const limit = analysis.comparison === undefined ? LISTED : LISTED_BESIDE
  const listed = failed.slice(0, limit).flatMap((testCase) => describe(testCase, analysis, width, paint))
  const more = failed.length - limit
  const rest = more > 0 ? [paint('dim', `  … and ${more} more in the report.`)] : []
  return [paint('bold', 'Cases that failed most'), ...listed, ...rest]
}

/** Errors with their counts: missing data, never failures. */
export function errorList(analysis: Analysis, width: number, paint: Paint): string[] {
  if (analysis.errors.length === 0) return []
  const listed = analysis.errors.slice(0, LISTED).flatMap(({ message, count: n }) => {
    const lines = wrap(cut(oneLine(message), REASON_LIMIT), width - 10)
    return lines.map((line, i) => `${(i === 0 ? `${count(n)} ×` : '').padStart(8)}  ${line}`)
  })
  const more = analysis.errors.length - LISTED
  const rest = more > 0 ? [paint('dim', `  … and ${counted(more, 'more message')}.`)] : []
  const title = `${counted(analysis.cells.errored, 'cell')} errored (missing, not failed)`
  return [paint('red', title), ...listed, ...rest]
}

function describe(testCase: CaseAnalysis, analysis: Analysis, width: number, paint: Paint): string[] {
  const { file, line } = testCase.source
  const place = `${oneLine(file)}:${line}`
  const name = oneLine(testCase.description ?? testCase.caseId)
  const failures = `${testCase.failed} of ${testCase.scored} failed`
  return [
    ...wrap(`${place}  ${failures}  ${cut(name, REASON_LIMIT)}`, width - 2).map((text, i) =>
      i === 0 && text.startsWith(place)
        ? `  ${paint('cyan', place)}${text.slice(place.length)}`
        : `  ${text}`,
    ),
    ...wrap(cut(oneLine(testCase.reason), REASON_LIMIT), width - 4).map((text) => `    ${text}`),
    ...wrap(`in ${where(testCase, analysis)}`, width - 4).map((text) => `    ${paint('dim', text)}`),
  ]
}

function where(testCase: CaseAnalysis, analysis: Analysis): string {
  const { columns } = testCase
  if (columns.length > 1 && columns.length === analysis.columns.length) {
    const always = columns.every((column) => column.failed === column.of)
    return always ? 'every column, every time' : 'every column'
  }
  return columns
    .map(
      ({ prompt, provider, failed, of }) => `${oneLine(prompt)} × ${oneLine(provider)} (${failed} of ${of})`,
    )
    .join(', ')
}
