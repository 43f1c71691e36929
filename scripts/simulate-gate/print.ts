import type { Judged } from './criteria.ts'
import { standardError } from './criteria.ts'
import type { Row, Simulated } from './simulate.ts'

/** A table in markdown, its notes before it and the criteria that do not hold after it. */
export function tableText({ table, rows }: Simulated): string {
  const headers = ['scenario', ...table.columns.map(({ header }) => header), 'R', 'criteria']
  const lines = rows.map((row) => [
    row.name,
    ...table.columns.map(({ show }) => show(row)),
    row.replicates.toLocaleString('en-US'),
    row.judged.length === 0 ? '–' : brokenOf(row).length === 0 ? 'hold' : 'BROKEN',
  ])
  const widths = headers.map((header, at) =>
    Math.max(...[header, ...lines.map((line) => line[at] ?? '')].map((cell) => cell.length)),
  )
  const lineOf = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  const broken = rows.flatMap((row) => brokenOf(row).map((judged) => `- ${row.name}: ${sentence(judged)}`))
  return [
    `## ${table.title}`,
    '',
    ...table.notes,
    ...seNote(rows),
    '',
    lineOf(headers),
    rule,
    ...lines.map(lineOf),
    ...(broken.length === 0 ? [] : ['', 'Criteria that do not hold:', ...broken]),
    '',
  ].join('\n')
}

/** Machine readable: every count, rate, standard error and criterion. */
export function asJson(simulated: readonly Simulated[], about: { seed: number; quick: boolean }): unknown {
  return {
    v: 1,
    ...about,
    holds: simulated.every(({ rows }) => rows.every((row) => brokenOf(row).length === 0)),
    tables: simulated.map(({ table, rows }) => ({
      key: table.key,
      title: table.title,
      rows: rows.map(({ name, replicates, counts, judged }) => ({
        name,
        replicates,
        counts,
        criteria: judged,
      })),
    })),
  }
}

function brokenOf({ judged }: Row): Judged[] {
  return judged.filter(({ holds }) => !holds)
}

function sentence({ event, observed, allowed: [lo, hi], limit, se, source }: Judged): string {
  const from = source === undefined ? '' : ` (${source})`
  return `${event} ${percent(observed)}, allowed ${percent(lo)} to ${percent(hi)}: ${percent(limit)}${from}, SE ${percent(se)}.`
}

/** What chance does to a true rate of 2.5%, and to one of a half. */
function seNote(rows: readonly Row[]): string[] {
  if (rows.length === 0) return []
  const sizes = rows.map(({ replicates }) => replicates)
  const [few, many] = [Math.min(...sizes), Math.max(...sizes)]
  const range = (rate: number): string => {
    const texts = [standardError(rate, many), standardError(rate, few)].map((se) => (100 * se).toFixed(2))
    return texts[0] === texts[1] ? `${texts[0]}` : texts.join(' to ')
  }
  return [`SE of a true 2.5%: ${range(0.025)} points; of 50%: ${range(0.5)} points.`]
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(2)}%`
}
