import { relative, sep } from 'node:path'
import type { ColumnAnalysis } from '../../harness/model/analysis.ts'
import { columnName } from '../../harness/model/column-name.ts'
import { html } from '../format/escape-html.ts'
import { count, counted } from '../format/figures.ts'
import { spent } from '../format/spending.ts'
import { cellWords, COLUMN_FIGURES } from './figures.ts'
import type { Place, RollUpRenderer } from './roll-up.ts'
import { rowsOf, type RollUpRow } from './rows.ts'
import { POLICY, STYLE } from './style.ts'
import { outcomeLine, totalLine } from './total.ts'

/** Columns of a suite that are shown: its own page has the others. */
const SHOWN = 12

/** The page of several suites: the worst decision first, each with the way to its own page. It has no script. */
export const renderer: RollUpRenderer = {
  file: 'index.html',
  async *render(rollUp, place) {
    const rows = rowsOf(rollUp)
    const { word, tone } = outcomeLine(rows)
    yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html(`${counted(rows.length, 'suite')}: ${word}`)}</title>
<style>${STYLE}</style></head><body><main>
<h1>${html(counted(rows.length, 'suite'))} <span class="quiet">${html(moment(rollUp.startedAt))}</span></h1>
<p class="outcome ${tone}">${html(word)}</p>
<p class="total">${html(totalLine(rollUp))}</p>
<table>
<thead><tr><th scope="col">decision</th><th scope="col">suite</th><th scope="col">column</th>${COLUMN_FIGURES.map(
      ({ label }) => `<th scope="col" class="number">${label}</th>`,
    ).join('')}</tr></thead>
`
    for (const row of rows) yield suite(row, place)
    yield `</table>
<dl><dt>command</dt><dd><code>${html(rollUp.command.join(' '))}</code></dd>
<dt>ended</dt><dd>${html(moment(rollUp.endedAt))}</dd></dl>
</main></body></html>
`
  },
}

function suite(row: RollUpRow, place: Place): string {
  const columns = row.columns.slice(0, SHOWN)
  const more = row.columns.length - columns.length
  const lines = columns.map(columnCells)
  if (more > 0) lines.push(wide(`… and ${counted(more, 'more column')}.`))
  if (lines.length === 0) lines.push(wide(''))
  const [first = '', ...others] = lines
  const span = lines.length > 1 ? ` rowspan="${lines.length}"` : ''
  const head = `<td class="word ${row.tone}"${span}>${html(row.word)}</td><th scope="rowgroup" class="suite"${span}>${about(row, place)}</th>`
  return `<tbody><tr>${head}${first}</tr>\n${others.map((cells) => `<tr>${cells}</tr>\n`).join('')}</tbody>\n`
}

function about({ name, file, page, run, sentence }: RollUpRow, { dir }: Place): string {
  const title = `<strong>${page === undefined ? html(name) : `<a href="${html(address(page, dir))}">${html(name)}</a>`}</strong>`
  if (run === undefined)
    return sentence.includes('\n')
      ? `${title}<pre class="quiet">${html(sentence)}</pre>`
      : `${title}<p class="sentence">${html(sentence)}</p>`
  return `${title} <span class="quiet">${html(file)}</span>
<p class="sentence">${html(sentence)}</p><p class="sentence quiet">${html(`${cellWords(run)} · ${spent(run.analysis)}`)}</p>`
}

function columnCells(column: ColumnAnalysis): string {
  const figures = COLUMN_FIGURES.map(
    ({ label, of }) => `<td class="number" data-label="${label}">${html(of(column))}</td>`,
  )
  return `<td class="column" data-label="column">${html(columnName(column))}</td>${figures.join('')}`
}

function wide(text: string): string {
  return `<td class="quiet" colspan="${count(COLUMN_FIGURES.length + 1)}">${html(text)}</td>`
}

/** The way from the page to another file, as a relative address. A name may hold what an address reads otherwise. */
function address(file: string, dir: string): string {
  const parts = relative(dir, file).split(sep)
  return parts.map((part) => (part === '..' ? part : encodeURIComponent(part.toWellFormed()))).join('/')
}

/** An ISO time as `2026-11-23 10:00 UTC`. */
function moment(iso: string): string {
  return iso.replace(/^(\S+)T(\d\d:\d\d):\S*Z$/, '$1 $2 UTC')
}
