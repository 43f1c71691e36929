import type { CaseAnalysis, ColumnAnalysis } from '../harness/model/analysis.ts'
import type { Renderer, ReportInput } from '../harness/model/report.ts'
import { GATE_WORDS } from './format/decision.ts'
import { FEEDBACK_FIGURES, FEEDBACK_NOTE, type FeedbackColumn, feedbackColumns } from './format/feedback.ts'
import { count, counted, latency, percent, range } from './format/figures.ts'
import { gateFigure, gateNotes, gateObserved } from './format/gate.ts'
import { decisionWord, headlineOf } from './format/headline.ts'
import { latencyNotes } from './format/latency-notes.ts'
import { metricWord } from './format/metric-decision.ts'
import { noticesOf } from './format/notices.ts'
import { judgesSection } from './format/judges.ts'
import { measuresSection } from './format/measures.ts'
import { ownSections } from './format/sections.ts'
import {
  costPer1000,
  isWorthListing,
  SPEND_FIGURES,
  type SpendPart,
  spendParts,
  spent,
} from './format/spending.ts'
import { collapsed } from './markdown/collapsed.ts'
import { comparedSections } from './markdown/compared-sections.ts'
import { aboutBaseline, comparisonMarkdown } from './markdown/comparison.ts'
import { sectionMarkdown } from './markdown/sections.ts'
import { omitted, quote, table } from './markdown/table.ts'
import { withinBytes } from './markdown/within-bytes.ts'

const LISTED = { cases: 10, reasons: 10, gates: 30, columns: 60, feedback: 20, notices: 8 }
const SECTIONS = { flips: 10, changes: 6, diff: 600, flaky: 5, others: 6, rankedColumns: 12 }
/** A pull request's comment may not pass 64 KB, and something is often put around a report. */
export const MAX_BYTES = 60_000

/** The first screen of the report, for a pull request. Nothing in it that came from a model or a dataset renders. */
export const renderer: Renderer = {
  name: 'markdown',
  file: 'summary.md',
  async *render(input) {
    yield firstScreen(input, MAX_BYTES)
  },
}

/** The same in at most so many bytes. */
export function firstScreen(input: ReportInput, maxBytes: number): string {
  const { first, rest } = comparedSections(input, SECTIONS)
  const figures = [columns(input), worst(input), errors(input)]
  const isCompared = input.analysis.comparison !== undefined
  const sections = [
    heading(input),
    gates(input),
    aboutBaseline(input),
    ...first.map(sectionMarkdown),
    // Without a baseline they are all that a reviewer goes by.
    ...(isCompared ? [] : figures),
    ...collapsed(isCompared ? 'All figures, and the cases behind them' : 'More figures', [
      comparisonMarkdown(input),
      ...rest.map(sectionMarkdown),
      ...(isCompared ? figures : []),
      feedback(input),
      spending(input),
      ...measuresSection(input.analysis, SECTIONS.others).map(sectionMarkdown),
      ...judgesSection(input.run.manifest, SECTIONS.others).map(sectionMarkdown),
      ...ownSections(input, SECTIONS).map(sectionMarkdown),
    ]),
  ]
  return withinBytes(sections, notes(input), maxBytes)
}

function heading(input: ReportInput): string {
  const { analysis, verdict } = input
  const { cells } = analysis
  const parts = [
    counted(cells.planned, 'cell'),
    `${count(cells.passed)} passed`,
    `${count(cells.failed)} failed`,
    `${count(cells.errored)} errored`,
    ...(cells.absent > 0 ? [`${count(cells.absent)} absent`] : []),
    quote(spent(analysis)),
  ]
  const reasons = verdict.reasons.slice(0, LISTED.reasons).map((reason) => `- ${quote(reason, 500)}`)
  return [...titles(input), '', ...reasons, '', ...finish(input), parts.join(' · ')].join('\n')
}

/** A run that lacks cells says so first; where that left it no verdict, in its place. */
function titles(input: ReportInput): string[] {
  const { decision } = input.verdict
  const suite = quote(input.run.manifest.suite.name)
  const headline = headlineOf(input)
  const verdict = `## ${decisionWord(input)}: ${suite}`
  if (headline === undefined) return [verdict]
  const partly = `## ${headline.title} (${suite})`
  return decision === 'invalid' ? [partly] : [partly, '', quote(headline.detail, 500), '', verdict]
}

function finish(input: ReportInput): string[] {
  const resume = headlineOf(input)?.resume
  return resume === undefined ? [] : [`Finish the run: **${quote(resume, 500)}**`, '']
}

function columns({ analysis }: ReportInput): string {
  if (analysis.columns.length === 0) return ''
  const titles = [
    'prompt',
    'model',
    'pass rate',
    '95% interval',
    'latency p50',
    'p95',
    'first token',
    'cost per 1,000 calls',
    'errors',
  ]
  const rows = analysis.columns.slice(0, LISTED.columns).map(columnCells)
  const more = omitted(analysis.columns.length, LISTED.columns, 'column')
  const notes = latencyNotes(analysis).flatMap((note) => ['', quote(note, 500)])
  return [...table(titles, 2, rows), ...more, ...notes].join('\n')
}

function columnCells(column: ColumnAnalysis): string[] {
  return [
    quote(column.prompt),
    quote(column.provider),
    percent(column.passRate),
    range(column.interval),
    latency(column.latencyMs, 'p50'),
    latency(column.latencyMs, 'p95'),
    latency(column.ttftMs, 'p50'),
    quote(costPer1000(column)),
    count(column.errored),
  ]
}

function feedback({ analysis }: ReportInput): string {
  const columns = feedbackColumns(analysis)
  if (columns.length === 0) return ''
  const titles = ['prompt', 'model', ...FEEDBACK_FIGURES.map(({ label }) => label)]
  const rows = columns.slice(0, LISTED.feedback).map(feedbackCells)
  const lines = table(titles, 2, rows)
  return [
    '### Feedback',
    '',
    FEEDBACK_NOTE,
    '',
    ...lines,
    ...omitted(columns.length, LISTED.feedback, 'column'),
  ].join('\n')
}

function feedbackCells(column: FeedbackColumn): string[] {
  const figures = FEEDBACK_FIGURES.map(({ of }) => quote(of(column)))
  return [quote(column.prompt), quote(column.provider), ...figures]
}

function spending({ analysis }: ReportInput): string {
  if (!isWorthListing(analysis)) return ''
  const titles = ['spent on', ...SPEND_FIGURES.map(({ label }) => label)]
  const rows = spendParts(analysis).map(spendCells)
  return ['### Spending', '', ...table(titles, 1, rows)].join('\n')
}

function spendCells({ label, spend }: SpendPart): string[] {
  const figures = SPEND_FIGURES.map(({ of }) => quote(of(spend)))
  return [label, ...figures]
}

function gates({ analysis, verdict }: ReportInput): string {
  if (verdict.gates.length === 0) return ''
  const listed = verdict.gates.slice(0, LISTED.gates)
  const rows = listed.map((gate) => [
    GATE_WORDS[gate.result] +
      (gate.comparison === undefined ? '' : `: ${metricWord(gate.comparison, gate.signal)}`),
    quote(gate.column),
    quote(gate.name),
    quote(gateObserved(gate)),
    quote(gateFigure(gate, gate.threshold)),
  ])
  const notes = listed.flatMap((gate) => {
    const said = gateNotes(gate, analysis).join(' ')
    return said === '' ? [] : [`- ${quote(`${gate.column}, ${gate.metric}`)}: ${quote(said, 500)}`]
  })
  return [
    ...table(['gate', 'column', 'rule', 'observed', 'limit'], 3, rows),
    ...omitted(verdict.gates.length, LISTED.gates, 'gate'),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n')
}

function worst({ analysis }: ReportInput): string {
  const failed = analysis.worst.filter((testCase) => testCase.failed > 0)
  if (failed.length === 0) return ''
  return ['### Cases that failed most', '', ...failed.slice(0, LISTED.cases).map(worstCase)].join('\n')
}

function worstCase(testCase: CaseAnalysis): string {
  const { source, failed, scored, description, caseId, reason } = testCase
  const place = `${quote(source.file)}&#58;${source.line}`
  return `- ${place}, ${failed} of ${scored} failed: **${quote(description ?? caseId)}** – ${quote(reason)}`
}

function errors({ analysis }: ReportInput): string {
  if (analysis.errors.length === 0) return ''
  const listed = analysis.errors.slice(0, LISTED.cases)
  return [
    '### Errors (missing, not failed)',
    '',
    ...listed.map(({ message, count: n }) => `- ${count(n)} × ${quote(message)}`),
    ...omitted(analysis.errors.length, LISTED.cases, 'message'),
  ].join('\n')
}

function notes({ run }: ReportInput): string {
  return noticesOf(run.manifest)
    .slice(0, LISTED.notices)
    .map((notice) => `> Note: ${quote(notice, 500)}`)
    .join('\n>\n')
}
