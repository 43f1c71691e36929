import type { ColumnName } from '../../model/comparison.ts'
import type { SourceLocation } from '../../model/source.ts'
import type { CheckResult, Trial } from '../../model/trial.ts'
import { caseLabel } from '../case-label.ts'
import { excerpt } from '../excerpt.ts'
import { reasonOf } from '../reason.ts'
import { slicesOf, tagsOf } from './case-slices.ts'
import { clusterOf } from './cluster-key.ts'

/** Longest text that a comparison quotes, in UTF-16 units. */
const TEXT_LIMIT = 300

/** Longest output held of a case that did not fail: only what it is compared with is read closely. */
const OUTPUT_LIMIT = 160

/** What a comparison knows of a case, whatever became of it. */
export interface CaseInfo {
  readonly id: string
  readonly description?: string
  readonly source?: SourceLocation
  readonly tags: readonly string[]
  /** Scalar metadata, by key. */
  readonly slices: Readonly<Record<string, string>>
  /** Value of what `assay.cluster` names. */
  readonly cluster?: string
  readonly varsHash?: string
  readonly checksHash: string
}

/** What a failed reply came to, in words. */
export interface ReplyText {
  /** Why it failed: one sentence. */
  readonly reason: string
  /** Names (metric, else type) of the checks that failed. */
  readonly checks: readonly string[]
  /** An excerpt; absent where it is not on record. */
  readonly output?: string
}

/** One finished cell, as an arm of a comparison counts it. */
export interface Observation extends ColumnName {
  readonly caseId: string
  readonly repeat: number
  /** By metric: `pass`, `pass_first` where feedback was given, and the named scores. Null for an errored one: it is missing. */
  readonly scores: Readonly<Record<string, number>> | null
  /** Milliseconds of the first round's reply; null where it was replayed, or hides the provider's own waiting. */
  readonly latencyMs: number | null
  /** USD of all rounds; null where it is not known, rests on estimated token counts, or was not paid for this reply. */
  readonly costUsd: number | null
  /** True for a reply out of the provider's own cache: with the same output it is no repeat of its own. */
  readonly copied: boolean
  /** Tells outputs apart. */
  readonly outputKey: number
  readonly info: () => CaseInfo
  /** An excerpt of the output; undefined where it is not on record. */
  readonly output: () => string | undefined
  /** Of a reply that failed. */
  readonly text: () => ReplyText
}

/**
 * A trial as a comparison counts it.
 * @param cluster what `assay.cluster` names: `vars.x` or `metadata.x`
 */
export function observationOf(trial: Trial, cluster?: string): Observation {
  const { cell, outcome } = trial
  const copied = isCopied(trial)
  return {
    prompt: cell.prompt,
    provider: cell.provider,
    caseId: cell.caseId,
    repeat: cell.repeat,
    scores: outcome === 'errored' ? null : scoresOf(trial),
    latencyMs: freshLatency(trial),
    costUsd: copied ? null : measuredCost(trial),
    copied,
    outputKey: outputKey(trial.output),
    info: () => caseInfo(trial, cluster),
    output: () => outputExcerpt(trial, OUTPUT_LIMIT),
    text: () => replyText(trial),
  }
}

function measuredCost({ costUsd, usage, attempts }: Trial): number | null {
  const isMeasured = costUsd !== 'unknown' && attempts.length > 0 && usage?.estimated !== true
  return isMeasured ? costUsd : null
}

function scoresOf(trial: Trial): Record<string, number> {
  const { outcome, first, feedback, namedScores } = trial
  const pass = outcome === 'passed' ? 1 : 0
  if (feedback === undefined) return { ...namedScores, pass }
  // A reply that no other followed is first and last in one.
  const firstOutcome = first !== undefined && feedback.attempts > 1 ? first.outcome : outcome
  if (firstOutcome === 'errored') return { ...namedScores, pass }
  return { ...namedScores, pass, pass_first: firstOutcome === 'passed' ? 1 : 0 }
}

/**
 * A reply that assay replays has the usage of the call that it was; one out of the provider's own cache took no tokens, and has
 * none. assay's cassette and cache keep the repeats apart, the provider's cache does not.
 */
function isCopied({ response, attempts }: Trial): boolean {
  return response.cached === true && attempts.at(-1)?.usage === undefined
}

/** Of the first round's reply, as the column's latency counts it: fresh ones only, and only trusted ones. */
function freshLatency({ attempts, response, latencyMs }: Trial): number | null {
  const first = attempts.find(({ attempt = 0, reply }) => attempt === 0 && reply !== undefined)
  if (first === undefined || !first.timing.trusted || first.reply?.cached === true) return null
  if (first !== attempts.at(-1)) return first.timing.latencyMs
  return response.cached === true ? null : latencyMs
}

function caseInfo({ cell, checksHash }: Trial, clusterPath: string | undefined): CaseInfo {
  const description = caseLabel(cell, TEXT_LIMIT)
  const cluster = clusterPath === undefined ? undefined : clusterOf(cell, clusterPath)
  return {
    id: cell.caseId,
    ...(description !== undefined && { description }),
    source: cell.source,
    tags: tagsOf(cell.metadata),
    slices: slicesOf(cell.metadata),
    ...(cluster !== undefined && { cluster }),
    ...(cell.varsHash !== undefined && { varsHash: cell.varsHash }),
    checksHash,
  }
}

function replyText(trial: Trial): ReplyText {
  const output = outputExcerpt(trial, TEXT_LIMIT)
  return {
    reason: excerpt(reasonOf(trial), TEXT_LIMIT),
    checks: [...new Set(failedChecks(trial.checks))],
    ...(output !== undefined && { output }),
  }
}

function outputExcerpt({ output }: Trial, limit: number): string | undefined {
  const text = outputText(output)
  return text === undefined ? undefined : excerpt(text, limit)
}

function failedChecks(checks: readonly CheckResult[]): string[] {
  return checks.flatMap(({ pass, error, members, metric, type }) => {
    if (pass && error === undefined) return []
    const inner = members === undefined ? [] : failedChecks(members)
    return inner.length > 0 ? inner : [excerpt(metric ?? type, TEXT_LIMIT)]
  })
}

function outputText(output: unknown): string | undefined {
  if (output === null || output === undefined) return undefined
  return typeof output === 'string' ? output : JSON.stringify(output)
}

/** Characters looked at, at either end, to tell two outputs apart; their lengths count too. */
const KEY_SPAN = 64

/** FNV-1a of both ends of an output, and its length: a double that is another for another output. */
function outputKey(output: unknown): number {
  const text = outputText(output) ?? ''
  let hash = 0x811c9dc5
  const mix = (from: number, to: number) => {
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  mix(0, Math.min(text.length, KEY_SPAN))
  mix(Math.max(KEY_SPAN, text.length - KEY_SPAN), text.length)
  return (text.length % 2 ** 20) * 2 ** 32 + (hash >>> 0)
}
