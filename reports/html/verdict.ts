import type { ReportInput } from '../../harness/model/report.ts'
import type { Gate, Verdict } from '../../harness/model/verdict.ts'
import { GATE_WORDS } from '../format/decision.ts'
import { html } from '../format/escape-html.ts'
import { count, counted, percent } from '../format/figures.ts'
import { gateFigure, gateInterval, gateNotes } from '../format/gate.ts'
import { metricWord } from '../format/metric-decision.ts'
import { decisionWord, type Headline, headlineOf } from '../format/headline.ts'
import { noticesOf } from '../format/notices.ts'
import { spent } from '../format/spending.ts'

const LISTED = { reasons: 20, gates: 500 }

const DECISION_CLASSES: Record<Verdict['decision'], string> = {
  pass: 'good',
  no_baseline: 'good',
  warn: 'warn',
  block: 'bad',
  invalid: 'bad',
}

const GATE_CLASSES: Record<Gate['result'], string> = {
  pass: 'good',
  warn: 'warn',
  fail: 'bad',
  not_measured: 'warn',
}

/** What was decided and why, the totals, and what the reader must be told. */
export function verdictSection(input: ReportInput): string {
  const { run, analysis, verdict } = input
  const { suite, startedAt } = run.manifest
  const reasons = verdict.reasons.slice(0, LISTED.reasons).map((reason) => `<p>${html(reason)}</p>`)
  const description = suite.description === undefined ? '' : `<p>${html(suite.description)}</p>`
  return `<h1>${html(suite.name)} <span class="quiet">${html(moment(startedAt))}</span></h1>${description}
${decided(input, reasons.join(''))}
<p>${totals(analysis)}</p>
${noticesOf(run.manifest)
  .map((notice) => `<p class="notice">${html(notice)}</p>`)
  .join('')}`
}

/** A run that lacks cells says so first; where that left it no verdict, in its place. */
function decided(input: ReportInput, reasons: string): string {
  const { decision, exitCode } = input.verdict
  const headline = headlineOf(input)
  const resume = headline === undefined ? '' : resumeLine(headline)
  if (headline !== undefined && decision === 'invalid') {
    return box(exitCode === 0 ? 'warn' : 'bad', headline.title, reasons + resume)
  }
  const partly =
    headline === undefined ? '' : box('warn', headline.title, `<p>${html(headline.detail)}</p>${resume}`)
  return partly + box(exitCode === 4 ? 'warn' : DECISION_CLASSES[decision], decisionWord(input), reasons)
}

function box(kind: string, title: string, content: string): string {
  return `<section class="verdict ${kind}"><strong>${html(title)}</strong>${content}</section>`
}

function resumeLine({ resume }: Headline): string {
  return resume === undefined ? '' : `<p>Finish the run: <code>${html(resume)}</code></p>`
}

/** Every gate with what was asked and what was seen. */
export function gatesSection({ analysis, verdict }: ReportInput): string {
  const { gates } = verdict
  if (gates.length === 0) return ''
  const more =
    gates.length > LISTED.gates ? `<p>… and ${counted(gates.length - LISTED.gates, 'more gate')}.</p>` : ''
  return `<h2>Gates</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">result</th><th scope="col">column</th><th scope="col">rule</th><th scope="col" class="number">observed</th><th scope="col" class="number">95% interval</th><th scope="col" class="number">limit</th></tr></thead>
<tbody>${gates
    .slice(0, LISTED.gates)
    .map((gate) => gateRow(gate, analysis))
    .join('')}</tbody></table></div>${more}`
}

function gateRow(gate: Gate, analysis: ReportInput['analysis']): string {
  const word = gate.comparison === undefined ? '' : `: ${metricWord(gate.comparison, gate.signal)}`
  const notes = gateNotes(gate, analysis).map((note) => `<br><span class="quiet">${html(note)}</span>`)
  return `<tr><td class="result ${GATE_CLASSES[gate.result]}">${GATE_WORDS[gate.result]}${word}</td><th scope="row">${html(gate.column)}</th><td>${html(gate.name)}${notes.join('')}</td><td class="number">${html(gateFigure(gate, gate.observed))}</td><td class="number">${html(gateInterval(gate))}</td><td class="number">${html(gateFigure(gate, gate.threshold))}</td></tr>\n`
}

/** An ISO time as `2026-11-23 10:00 UTC`. */
function moment(iso: string): string {
  return iso.replace(/^(\S+)T(\d\d:\d\d):\S*Z$/, '$1 $2 UTC')
}

function totals(analysis: ReportInput['analysis']): string {
  const { cells, calls } = analysis
  const scored = cells.passed + cells.failed
  const parts = [
    counted(cells.planned, 'cell'),
    scored === 0
      ? '0 passed'
      : `${count(cells.passed)} passed (${percent(cells.passed / scored)} of those scored)`,
    `${count(cells.failed)} failed`,
    `${count(cells.errored)} errored`,
    `${count(cells.absent)} absent`,
    `${counted(calls.made, 'call')} made, ${count(calls.replayed)} replayed, ${count(calls.retried)} retried`,
    spent(analysis),
  ]
  return html(parts.join(' · '))
}
