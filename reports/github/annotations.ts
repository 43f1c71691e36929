import type { CaseAnalysis } from '../../harness/model/analysis.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Gate } from '../../harness/model/verdict.ts'
import { count } from '../format/figures.ts'
import { type Fallen, fallenCases, fallenLine } from '../format/flips.ts'
import { gateMessage } from '../format/gate-message.ts'
import { decisionWord, headlineOf, sentences } from '../format/headline.ts'
import { noticesOf } from '../format/notices.ts'
import { quarantineSection } from '../format/stability.ts'
import type { Annotation, Level } from './command.ts'
import type { Places } from './places.ts'

const LISTED = 50

type Remark = Pick<Annotation, 'level' | 'title' | 'message'>

/** All there is to say on lines of the repository, of each kind what matters most first. */
export function annotationsOf(input: ReportInput, places: Places): Annotation[] {
  const { verdict, run, analysis } = input
  const suite = places.path(run.manifest.suite.file)
  const ofSuite = (remark: Remark, line = 1): Annotation => ({ ...remark, file: suite, line })
  return [
    ofSuite(verdictRemark(input)),
    ...verdict.gates.flatMap((gate) =>
      gateRemarks(gate, input).map((remark) => ofSuite(remark, places.lineOf(gate))),
    ),
    ...flips(input, places),
    ...failedCases(input, places),
    ...analysis.errors.slice(0, LISTED).map(({ message, count: n }) =>
      ofSuite({
        level: 'warning',
        title: `${count(n)} errored: missing, not failed`,
        message,
      }),
    ),
    ...warnings(input).map((message) => ofSuite({ level: 'warning', title: 'Note on the run', message })),
    ...noticesOf(run.manifest).map((message) =>
      ofSuite({ level: 'notice', title: 'Note on the figures', message }),
    ),
  ]
}

function verdictRemark(input: ReportInput): Remark {
  const { decision, exitCode, reasons } = input.verdict
  const headline = headlineOf(input)
  const said = [...(headline === undefined ? [] : [sentences(headline)]), ...reasons.slice(0, LISTED)]
  const isOpen = decision === 'warn' || decision === 'invalid'
  return {
    level: exitCode === 0 ? (isOpen ? 'warning' : 'notice') : 'error',
    title: `${decisionWord(input)}: ${input.run.manifest.suite.name}`,
    message: said.join('\n'),
  }
}

function gateRemarks(gate: Gate, input: ReportInput): Remark[] {
  const level = levelOf(gate)
  if (level === undefined) return []
  return [{ level, title: `${gate.column}: ${gate.name}`, message: gateMessage(gate, input).join('\n') }]
}

/** A gate that holds says nothing, unless it holds only because nothing could be told. */
function levelOf({ result, comparison }: Gate): Level | undefined {
  if (result === 'fail') return 'error'
  if (result === 'pass') return comparison === 'inconclusive' ? 'notice' : undefined
  return 'warning'
}

/** The cases that got worse. One whose place is not on record is told of at the suite. */
function flips({ run, analysis, verdict }: ReportInput, places: Places): Annotation[] {
  const { comparison } = analysis
  if (comparison === undefined) return []
  return fallenCases(comparison)
    .slice(0, LISTED)
    .map((fallen): Annotation => {
      const { text, details = [] } = fallenLine(fallen, comparison)
      const { source } = fallen.at
      return {
        level: flipLevel(fallen, verdict.exitCode === 1),
        file: places.path(source?.file ?? run.manifest.suite.file),
        line: source?.line ?? 1,
        title: text,
        message: details.length > 0 ? details.join('\n') : text,
      }
    })
}

/** An error only where the run fails: a green step with red lines would be read as neither. */
function flipLevel({ gates, broken }: Fallen, fails: boolean): Level {
  if (!gates) return 'notice'
  return fails && broken?.status !== 'refuted' ? 'error' : 'warning'
}

/** The cases that failed most; where there is a baseline, those that are not told of as flips. */
function failedCases({ analysis, verdict }: ReportInput, places: Places): Annotation[] {
  const { comparison, worst } = analysis
  const told = new Set(comparison === undefined ? [] : fallenCases(comparison).map(({ at }) => at.caseId))
  const decide = verdict.exitCode === 1 && comparison === undefined
  return worst
    .filter(({ failed, caseId }) => failed > 0 && !told.has(caseId))
    .slice(0, LISTED)
    .map((one) => ({
      level: decide ? 'error' : 'notice',
      file: places.path(one.source.file),
      line: one.source.line,
      title: `${one.description ?? one.caseId}: ${count(one.failed)} of ${count(one.scored)} failed`,
      message: whereFailed(one),
    }))
}

function whereFailed({ reason, columns }: CaseAnalysis): string {
  const failed = columns.map(
    (one) => `${one.prompt} × ${one.provider}: ${count(one.failed)} of ${count(one.of)}`,
  )
  return [reason, ...failed].filter((line) => line !== '').join('\n')
}

function warnings({ analysis }: ReportInput): string[] {
  const quarantine = quarantineSection(analysis, LISTED).flatMap(({ lines }) =>
    lines.filter(({ tone }) => tone === 'warn').map(({ text }) => text),
  )
  return [...(analysis.comparison?.warnings ?? []), ...quarantine]
}
