import type { History, HistoryEntry } from '../../harness/model/history.ts'
import { html } from '../format/escape-html.ts'
import { count, counted, percent, usd } from '../format/figures.ts'
import {
  asideNote,
  commitOf,
  decisionMark,
  driftOf,
  minuteOf,
  noShiftSentence,
  passRateOf,
  shiftSentence,
} from '../format/history.ts'
import { cut, oneLine } from '../format/plain.ts'
import { columnsSection } from './columns.ts'
import { POLICY, STYLE } from './style.ts'

/** Names may be 4,000 characters long. */
const NAME_LIMIT = 120

/** The page of a suite's runs, `runs/<suite>/index.html`: what changed its level, every run with its report, and each column's figures. */
export function historyPage(history: History): string {
  const suite = name(history.suite)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${suite}: ${html(finding(history))}</title>
<style>${STYLE}</style></head><body><main>
<h1>${suite}: ${html(finding(history))}</h1>
${levelsSection(history)}
${runsSection(history)}
${columnsSection(history)}
${unreadSection(history)}
</main></body></html>
`
}

function name(text: string): string {
  return html(cut(oneLine(text), NAME_LIMIT))
}

function finding(history: History): string {
  const { length } = driftOf(history)
  if (length > 0) return `${counted(length, 'lasting change')} of level that nothing in the column explains`
  const last = history.runs.at(-1)
  return last === undefined ? 'no run that can be read' : `the last run was ${decisionMark(last).word}`
}

function levelsSection(history: History): string {
  const { shifts, runs } = history
  if (shifts.length === 0) return `<p>${html(noShiftSentence(history))}</p>`
  const drift = driftOf(history)
  const said = [...drift, ...shifts.filter(({ explained }) => explained)].map((shift) => {
    const mark = shift.explained
      ? '<span class="quiet">○ explained</span>'
      : '<strong class="warn">! drift</strong>'
    return `<li>${mark} ${html(oneLine(shiftSentence(shift, { runs })))}</li>`
  })
  return `<ul>${said.join('\n')}</ul>
<p class="quiet">A level shift is found by Pettitt’s test on ranks, with a permutation p-value and Holm’s correction over all columns and measures: the chance of any false alarm in one look is 5%. Runs made close together, on one busy machine, look more alike than chance allows and may raise one.</p>`
}

function runsSection({ runs }: History): string {
  if (runs.length === 0) return ''
  const rows = runs.toReversed().map(runRow)
  return `<h2>${html(counted(runs.length, 'run'))}, newest first</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Runs"><table>
<thead><tr><th>started (UTC)</th><th>verdict</th><th>run</th><th>commit</th><th class="number">pass rate</th><th class="number">passed</th><th class="number">failed</th><th class="number">errored</th><th class="number">spent</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`
}

function runRow(run: HistoryEntry): string {
  const { shape, word, tone } = decisionMark(run)
  const { cells, branch, spentUsd } = run
  const commit = [commitOf(run), ...(branch === undefined ? [] : [`on ${branch}`])].join(' ')
  const figures = [
    percent(passRateOf(run)),
    count(cells.passed),
    count(cells.failed),
    count(cells.errored),
    usd(spentUsd),
  ]
  const aside = asideNote(run)
  const note = aside === undefined ? '' : `<div class="quiet note">${html(aside)}</div>`
  return `<tr><td>${html(minuteOf(run.at))}</td><td class="${tone}">${shape} ${word}</td><th scope="row"><a href="${reportLink(run)}">${name(run.id)}</a>${note}</th><td>${name(commit)}</td>${figures.map((figure) => `<td class="number">${figure}</td>`).join('')}</tr>`
}

/** From the page to a run's report, whatever its folder is called. */
function reportLink({ dir }: Pick<HistoryEntry, 'dir'>): string {
  return `./${encodeURIComponent(dir.toWellFormed()).replaceAll("'", '%27')}/report.html`
}

function unreadSection({ unread }: History): string {
  if (unread.length === 0) return ''
  return `<details><summary>${html(counted(unread.length, 'folder'))} not among them</summary><ul>${unread.map((sentence) => `<li>${html(cut(oneLine(sentence), 400))}</li>`).join('\n')}</ul></details>`
}
