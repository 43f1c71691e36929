import type { ReportInput } from '../../harness/model/report.ts'
import {
  baselineLines,
  type ComparisonRow,
  comparisonRows,
  comparisonTitle,
  intervalTitle,
} from '../format/comparison.ts'
import { html } from '../format/escape-html.ts'
import { counted } from '../format/figures.ts'
import { cut } from '../format/plain.ts'
import type { Line, Piece, Section, Tone } from '../format/section.ts'
import { comparisonSections, ownSections } from '../format/sections.ts'

const LISTED = { gating: 500, informing: 500 }
const SECTIONS = { flips: 100, changes: 50, diff: 4_000, flaky: 50, others: 50, rankedColumns: 50 }
/** UTF-16 units. */
const LIMITS = { text: 1_000, detail: 600 }

const CLASSES: Record<Tone, string> = { bad: 'bad', good: 'good', warn: 'warn', quiet: 'quiet' }

/** The run against its baseline: figures, changes, flips. Nothing where there is none. */
export function comparisonHtml(input: ReportInput): string {
  const { comparison } = input.analysis
  if (comparison === undefined) return ''
  const { rows, more } = comparisonRows(input, LISTED)
  const figures = [
    'column',
    'metric',
    'baseline → run',
    'points',
    intervalTitle(comparison),
    'p worse',
    'cases',
    'decision',
  ]
  const titles = figures.map(
    (title, i) => `<th scope="col"${i < 2 || i === 7 ? '' : ' class="number"'}>${title}</th>`,
  )
  const table =
    rows.length === 0
      ? '<p class="warn">No metric could be compared.</p>'
      : `<div class="scroll"><table><thead><tr>${titles.join('')}</tr></thead><tbody>${rows.map(row).join('')}</tbody></table></div>`
  const rest = more > 0 ? `<p>… and ${counted(more, 'more comparison')} in analysis.json.</p>` : ''
  const about = baselineLines(input).map((line) => `<p class="quiet">${html(cut(line, LIMITS.text))}</p>`)
  const [title, name] = comparisonTitle(input)
  return `<h2>${html(title)}${name === '' ? '' : ` <code>${html(name)}</code>`}</h2>
${about.join('')}
${table}${rest}
${comparisonSections(input, SECTIONS).map(section).join('')}`
}

/** What the run tells of its own cases and columns. */
export function ownHtml(input: ReportInput): string {
  return ownSections(input, SECTIONS).map(section).join('')
}

function row({
  column,
  against,
  metric,
  means,
  difference,
  interval,
  p,
  size,
  word,
  tone,
}: ComparisonRow): string {
  const than = against === undefined ? '' : `<br><span class="quiet">against ${html(against)}</span>`
  const figures = [means, difference, interval, p, size].map(
    (text) => `<td class="number">${html(text)}</td>`,
  )
  const kind = tone === undefined ? 'result' : `result ${CLASSES[tone]}`
  return `<tr><th scope="row">${html(column)}${than}</th><td>${html(metric)}</td>${figures.join('')}<td class="${kind}">${html(word)}</td></tr>\n`
}

function section({ title, lines }: Section): string {
  return `<h3>${html(title)}</h3><ul>${lines.map(item).join('')}</ul>\n`
}

function item({ place, text, tone, details = [], diff }: Line): string {
  const where = place === undefined ? '' : `<code>${html(place)}</code> `
  const said = html(cut(text, LIMITS.text))
  const shown = tone === undefined ? said : `<span class="${CLASSES[tone]}">${said}</span>`
  const beneath = [
    ...details.map((detail) => html(cut(detail, LIMITS.detail))),
    ...(diff === undefined ? [] : [diff.map(difference).join('')]),
  ].map((detail) => `<li>${detail}</li>`)
  return `<li>${where}${shown}${beneath.length === 0 ? '' : `<ul>${beneath.join('')}</ul>`}</li>`
}

function difference({ op, text }: Piece): string {
  if (op === 'same') return html(text)
  return op === 'removed' ? `<del>${html(text)}</del>` : `<ins>${html(text)}</ins>`
}
