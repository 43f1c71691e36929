import type { CaseAnalysis, ColumnAnalysis } from '../harness/model/analysis.ts'
import type { Renderer, ReportInput } from '../harness/model/report.ts'
import type { Gate } from '../harness/model/verdict.ts'
import { DECISION_WORDS, GATE_WORDS, gateFigure } from './format/decision.ts'
import { markdown } from './format/escape-markdown.ts'
import { FEEDBACK_FIGURES, FEEDBACK_NOTE, type FeedbackColumn, feedbackColumns } from './format/feedback.ts'
import { count, counted, duration, latency, percent, range, usd } from './format/figures.ts'
import { headlineOf } from './format/headline.ts'
import { cut } from './format/plain.ts'
import { noticesOf } from './format/notices.ts'

const LISTED = { cases: 10, reasons: 10, gates: 30, columns: 60, feedback: 20 }
/** UTF-16 units of a quoted text: a pull request's comment may not pass 64 KB. */
const TEXT_LIMIT = 200

/** The first screen of the report, for a pull request. Nothing in it that came from a model or a dataset renders. */
export const renderer: Renderer = {
  name: 'markdown',
  file: 'summary.md',
  async *render(input) {
    const sections = [heading, columns, feedback, gates, worst, errors, notes].map((section) =>
      section(input),
    )
    yield `${sections.filter((section) => section !== '').join('\n\n')}\n`
  },
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
  ]
  const reasons = verdict.reasons.slice(0, LISTED.reasons).map((reason) => `- ${quote(reason, 500)}`)
  return [...titles(input), '', ...reasons, '', ...finish(input), parts.join(' · ')].join('\n')
}

/** A run that lacks cells says so first; where that left it no verdict, in its place. */
function titles(input: ReportInput): string[] {
  const { decision } = input.verdict
  const suite = quote(input.run.manifest.suite.name)
  const headline = headlineOf(input)
  const verdict = `## ${DECISION_WORDS[decision]}: ${suite}`
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
  return [...table(titles, 2, rows), ...omitted(analysis.columns.length, LISTED.columns, 'column')].join('\n')
}

function columnCells(column: ColumnAnalysis): string[] {
  return [
    quote(column.prompt),
    quote(column.provider),
    percent(column.passRate),
    range(column.interval),
    latency(column.latencyMs, 'p50'),
    latency(column.latencyMs, 'p95'),
    duration(column.ttftMs.p50),
    quote(usd(column.costPer1000Usd)),
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

function gates({ verdict }: ReportInput): string {
  if (verdict.gates.length === 0) return ''
  const rows = verdict.gates
    .slice(0, LISTED.gates)
    .map((gate) => [
      GATE_WORDS[gate.result],
      quote(gate.column),
      quote(gate.name),
      quote(gateFigure(gate, gate.observed) + interval(gate)),
      quote(gateFigure(gate, gate.threshold)),
    ])
  const lines = table(['gate', 'column', 'rule', 'observed', 'limit'], 3, rows)
  return [...lines, ...omitted(verdict.gates.length, LISTED.gates, 'gate')].join('\n')
}

function interval(gate: Gate): string {
  return gate.interval === null ? '' : ` (${range({ lo: gate.interval[0], hi: gate.interval[1] })})`
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
    .map((notice) => `> Note: ${quote(notice, 500)}`)
    .join('\n>\n')
}

function table(titles: readonly string[], leftAligned: number, rows: readonly string[][]): string[] {
  const rule = titles.map((_, i) => (i < leftAligned ? '---' : '--:'))
  return [titles, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function omitted(total: number, listed: number, noun: string): string[] {
  return total > listed ? ['', `… and ${counted(total - listed, `more ${noun}`)}.`] : []
}

function quote(text: string, limit = TEXT_LIMIT): string {
  return markdown(cut(text, limit))
}
