import type { CaseAnalysis } from '../../harness/model/analysis.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { html } from '../format/escape-html.ts'
import { count, counted, duration, usd } from '../format/figures.ts'
import { cut, outputText } from '../format/plain.ts'
import { checkText, unmetChecks, whyNot } from '../format/trial-text.ts'
import { TRIALS_PER_CASE, worstTrials } from './worst-trials.ts'

/** In UTF-16 units: they keep the page small, and one 10 MB reply from filling it. */
const LIMITS = { prompt: 3_000, output: 2_000, reason: 600, checks: 8 }

/** The worst cases, each with its first failing cells, a chunk per case. */
export async function* casesSection(input: ReportInput): AsyncIterable<string> {
  const { worst, cells } = input.analysis
  if (worst.length === 0) return
  const trials = await worstTrials(input)
  yield `<h2>Cases that failed most</h2>
<p class="quiet">${caption(worst.length, cells.failed)}</p>\n`
  for (const testCase of worst) yield caseDetails(testCase, trials.get(testCase.caseId) ?? [])
}

/** Errors with their counts. */
export function errorsSection({ analysis }: ReportInput): string {
  if (analysis.errors.length === 0) return ''
  const items = analysis.errors.map(({ message, count: n }) => `<li>${count(n)} × ${html(message)}</li>`)
  return `<h2>Errors</h2><p class="quiet">A cell whose call or check broke is missing, not failed.</p><ul>${items.join('')}</ul>`
}

function caption(listed: number, failed: number): string {
  return `${counted(listed, 'case')} that did not pass everywhere, worst first, with up to ${TRIALS_PER_CASE} cells each. In all ${counted(failed, 'cell')} failed: every one is in trials.jsonl.`
}

function caseDetails(testCase: CaseAnalysis, trials: readonly Trial[]): string {
  const { source, failed, errored, scored, description, caseId, reason } = testCase
  const outcome = failed > 0 ? `${failed} of ${scored} failed` : `${errored} errored`
  const id = description === undefined ? '' : ` <span class="quiet">${html(caseId)}</span>`
  return `<details><summary><code>${html(source.file)}:${source.line}</code> <strong class="bad">${outcome}</strong> ${html(description ?? caseId)}${id}
<span class="quiet reason">${html(cut(reason, LIMITS.reason))}</span></summary>
${trials.map(trialDetails).join('')}</details>\n`
}

function trialDetails(trial: Trial): string {
  const { cell, request, output } = trial
  const checks = unmetChecks(trial.checks).slice(0, LIMITS.checks).map(checkText)
  const reasons = checks.length > 0 ? checks : [whyNot(trial)]
  const about = trial.usage?.estimated === true ? '~' : ''
  const cost = trial.costUsd === 'unknown' ? 'cost unknown' : about + usd(trial.costUsd)
  const { attempts = 1 } = trial.feedback ?? {}
  const tries = attempts === 1 ? '' : ` · ${attempts} tries`
  const repeat = cell.repeat === 0 ? '' : `, repeat ${cell.repeat + 1}`
  return `<div class="cell"><p><strong>${html(cell.prompt)} × ${html(cell.provider)}</strong>${repeat} <span class="quiet">${trial.outcome} · ${duration(trial.latencyMs)} · ${cost}${tries}</span></p>
<ul>${reasons.map((reason) => `<li>${html(cut(reason, LIMITS.reason))}</li>`).join('')}</ul>
<h3>Output</h3><pre>${html(cut(outputText(output), LIMITS.output))}</pre>
<h3>Prompt</h3><pre>${html(cut(request.prompt, LIMITS.prompt))}</pre></div>`
}
