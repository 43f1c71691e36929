import { isDeepStrictEqual } from 'node:util'
import type { Cell } from '../model/cell.ts'
import type { Provider, ProviderResponse } from '../model/provider.ts'
import type { Trial } from '../model/trial.ts'
import type { HookResult } from './extensions.ts'

const FAILURE_REASONS = { passed: 0, failed: 1, errored: 2 } as const

/**
 * A trial in the shape of promptfoo's results, for the afterEach and afterAll hooks: there, what is unscored has score 0. The
 * record keeps null.
 */
export function hookResultOf(
  trial: Trial,
  cell: Cell,
  provider: Provider,
  response: ProviderResponse,
): HookResult {
  const { test } = cell.case
  const { outcome, score, namedScores, reason, checks } = trial
  return {
    provider: { id: provider.id(), label: provider.label, config: provider.config },
    prompt: { raw: trial.request.prompt, label: cell.column.prompt.label, config: cell.column.prompt.config },
    vars: trial.cell.vars,
    response: { ...response, output: trial.output, metadata: { ...response.metadata } },
    success: outcome === 'passed',
    failureReason: FAILURE_REASONS[outcome],
    ...(outcome !== 'passed' && { error: trial.error ?? reason }),
    score: score ?? 0,
    namedScores: { ...namedScores },
    gradingResult: {
      pass: outcome === 'passed',
      score: score ?? 0,
      reason,
      namedScores,
      componentResults: checks,
    },
    latencyMs: trial.latencyMs ?? 0,
    ...(trial.costUsd !== 'unknown' && { cost: trial.costUsd }),
    metadata: { ...test.metadata, ...response.metadata },
    promptIdx: cell.column.index,
    testIdx: cell.testIndex ?? 0,
    testCase: test,
    promptId: cell.column.prompt.id ?? '',
  }
}

/** The trial with the scores and metadata an afterEach hook has set. Metadata belongs to the reply on record. */
export function withHookResult(trial: Trial, before: HookResult, after: HookResult): Trial {
  const added = Object.entries(after.metadata).filter(
    ([key, value]) => !isDeepStrictEqual(value, before.metadata[key]),
  )
  const metadata = { ...after.response?.metadata, ...Object.fromEntries(added) }
  return {
    ...trial,
    namedScores: after.namedScores,
    response: { ...trial.response, ...(Object.keys(metadata).length > 0 && { metadata }) },
  }
}
