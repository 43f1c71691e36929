import { join } from 'node:path'
import type { Renderer, ReportInput } from '../harness/model/report.ts'
import type { Gate, Verdict } from '../harness/model/verdict.ts'
import { GATE_WORDS } from './format/decision.ts'
import { count, counted, percent } from './format/figures.ts'
import { gateNotes, gateSentence } from './format/gate.ts'
import { decisionWord, headlineOf } from './format/headline.ts'
import { judgesSection } from './format/judges.ts'
import { measuresSection } from './format/measures.ts'
import { oneLine } from './format/plain.ts'
import { typedPath } from './format/resume-command.ts'
import { comparisonSections, ownSections } from './format/sections.ts'
import { spent } from './format/spending.ts'
import { columnsTable, footnotes } from './terminal/columns.ts'
import { comparisonTable } from './terminal/comparison.ts'
import { feedbackList } from './terminal/feedback.ts'
import { pad, widthOf, wrap } from './terminal/fit.ts'
import { type Paint, painter, type Style } from './terminal/paint.ts'
import { sectionLines } from './terminal/sections.ts'
import { spendingList } from './terminal/spending.ts'
import { errorList, worstCases } from './terminal/worst.ts'
import { noticesOf } from './format/notices.ts'

/** Width and colour of anything that is not a terminal. */
const NO_TERMINAL = { columns: 100, color: false }
/** Narrower than this nothing is legible; wider than this nothing gains. */
const WIDTHS = { least: 40, most: 140 }

const LISTED = { flips: 8, changes: 8, diff: 240, flaky: 5, others: 8, rankedColumns: 12 }

const DECISION_STYLES: Record<Verdict['decision'], Style> = {
  pass: 'green',
  no_baseline: 'green',
  warn: 'yellow',
  block: 'red',
  invalid: 'red',
}

/** The terminal report: the table, what failed most, the verdict, and where the rest is. */
export const renderer: Renderer = {
  name: 'default',
  file: null,
  async *render(input) {
    const { columns, color } = input.terminal ?? NO_TERMINAL
    const width = Math.min(WIDTHS.most, Math.max(WIDTHS.least, columns))
    const paint = painter(color)
    const sections = [
      headline(input, width, paint),
      heading(input, width, paint),
      columnsTable(input.analysis, width, paint),
      notes(input, width, paint),
      feedbackList(input.analysis, width, paint),
      spendingList(input.analysis, width, paint),
      comparisonTable(input, width, paint),
      ...comparisonSections(input, LISTED).map((section) => sectionLines(section, width, paint)),
      ...measuresSection(input.analysis, LISTED.others).map((section) => sectionLines(section, width, paint)),
      ...judgesSection(input.run.manifest, LISTED.others).map((section) =>
        sectionLines(section, width, paint),
      ),
      ...ownSections(input, LISTED).map((section) => sectionLines(section, width, paint)),
      worstCases(input.analysis, width, paint),
      errorList(input.analysis, width, paint),
      gateList(input, width, paint),
      conclusion(input, width, paint),
    ]
    for (const section of sections.filter((lines) => lines.length > 0)) yield `${section.join('\n')}\n\n`
  },
}

/** What comes before every figure of a run that lacks cells. */
function headline(input: ReportInput, width: number, paint: Paint): string[] {
  const said = headlineOf(input)
  if (said === undefined) return []
  const resume = said.resume === undefined ? [] : [`Finish the run: ${oneLine(said.resume)}`]
  return [
    ...wrap(`${said.title}.`, width).map((line) => paint('bold', paint('red', line))),
    ...[oneLine(said.detail), ...resume].flatMap((line) => wrap(line, width)),
  ]
}

function heading({ run, analysis }: ReportInput, width: number, paint: Paint): string[] {
  const { suite, cells, repeat } = run.manifest
  const parts = [
    counted(analysis.cells.planned, 'cell'),
    counted(cells.cases, 'case'),
    counted(analysis.columns.length, 'column'),
    ...(repeat > 1 ? [counted(repeat, 'repeat')] : []),
  ]
  const [first = '', ...rest] = wrap(`${oneLine(suite.name)}  ${parts.join(' · ')}`, width)
  const name = oneLine(suite.name)
  return [first.startsWith(name) ? paint('bold', name) + first.slice(name.length) : first, ...rest]
}

function notes({ run, analysis }: ReportInput, width: number, paint: Paint): string[] {
  const warnings = run.manifest.warnings?.length ?? 0
  return [
    ...wrap(footnotes(analysis).join(' '), width).map((line) => paint('dim', line)),
    ...noticesOf(run.manifest)
      .flatMap((notice) => wrap(`Note: ${oneLine(notice)}`, width))
      .map((line) => paint('yellow', line)),
    ...(warnings > 0 ? [paint('yellow', `${counted(warnings, 'warning')} in manifest.json.`)] : []),
  ]
}

function gateList({ analysis, verdict: { gates } }: ReportInput, width: number, paint: Paint): string[] {
  if (gates.length === 0) return []
  const results = gates.map((gate) => GATE_WORDS[gate.result])
  const resultWidth = Math.max(...results.map(widthOf))
  const lines = gates.flatMap((gate, i) => {
    const indent = ' '.repeat(resultWidth + 4)
    const room = width - indent.length
    const [first = '', ...rest] = wrap(oneLine(`${gate.column}  ${gate.name}: ${gateSentence(gate)}`), room)
    const notes = gateNotes(gate, analysis).flatMap((note) => wrap(oneLine(note), room))
    const result = paint(styleOf(gate), pad(results[i] ?? '', resultWidth, 'left'))
    return [
      `  ${result}  ${first}`,
      ...rest.map((line) => indent + line),
      ...notes.map((line) => indent + paint('dim', line)),
    ]
  })
  return [paint('bold', 'Gates'), ...lines]
}

function styleOf({ result }: Gate): Style {
  if (result === 'pass') return 'green'
  return result === 'fail' ? 'red' : 'yellow'
}

function conclusion(input: ReportInput, width: number, paint: Paint): string[] {
  const { run, analysis, verdict, terminal } = input
  const word = decisionWord(input)
  const [first = '', ...others] = verdict.reasons.map(oneLine)
  const indent = ' '.repeat(word.length + 2)
  const lines = [first, ...others].flatMap((reason) => wrap(reason, width - indent.length))
  const { cells, calls } = analysis
  const scored = cells.passed + cells.failed
  const rate = scored === 0 ? '' : ` (${percent(cells.passed / scored)})`
  const totals = [
    `${count(cells.passed)} passed${rate}`,
    `${count(cells.failed)} failed`,
    `${count(cells.errored)} errored`,
    ...(cells.absent > 0 ? [`${count(cells.absent)} absent`] : []),
    counted(calls.made, 'call'),
    ...(calls.replayed > 0 ? [`${count(calls.replayed)} replayed`] : []),
    ...(calls.retried > 0 ? [`${count(calls.retried)} retried`] : []),
    spent(analysis),
  ]
  return [
    paint('bold', paint(verdict.exitCode === 4 ? 'yellow' : DECISION_STYLES[verdict.decision], word)) +
      `  ${lines[0] ?? ''}`,
    ...lines.slice(1).map((line) => indent + line),
    ...wrap(totals.join(' · '), width).map((line) => paint('dim', line)),
    `Report: ${oneLine(join(typedPath(run.dir, terminal?.cwd), 'report.html'))}`,
  ]
}
