import type { ReportInput } from '../../harness/model/report.ts'
import { replyHash } from '../../harness/model/review.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeComparison, makeFlip } from './make-comparison.ts'
import { makeInput } from './make-input.ts'

/** Stands in every text of a case that is not to be shown. */
export const PRIVATE = 'Zyzzyva'
/** Stands in every text of the one that is. */
export const SHOWN = 'Quokka'

/** A trial whose every text holds a word. */
function speaking(caseId: string, word: string, parts: Partial<Trial> = {}): Trial {
  const said = `it says ${word}`
  const check = { type: 'equals', metric: 'tone', pass: false, score: 0, reason: said, weight: 2 }
  const failure = { kind: 'invalid', message: said, status: 400, metadata: { said } } as const
  const timing = { queuedMs: 1, backoffMs: 0, latencyMs: 100, trusted: true }
  return makeTrial({
    cell: {
      id: `cell-${caseId}`,
      caseId,
      description: said,
      vars: { text: said, [word]: [said] },
      varsHash: replyHash(word),
      metadata: { tags: ['critical'], about: said },
    },
    outcome: 'failed',
    score: 0,
    namedScores: { tone: 0 },
    output: { said },
    request: { prompt: said },
    response: { finishReason: 'stop', metadata: { said }, extra: { raw: said }, logProbs: [-1] },
    checks: [
      { ...check, members: [{ ...check, error: said }] },
      { ...check, error: said },
    ],
    checksHash: replyHash(word),
    reason: said,
    error: said,
    warnings: [said],
    attempts: [
      { failure, timing, costUsd: 0.001, feedback: [said, said] },
      { reply: {}, timing, usage: { input: 3, output: 4 }, costUsd: 0.002, attempt: 1 },
    ],
    feedback: { attempts: 2, addedMs: 10, addedUsd: 0, ended: 'max_attempts' },
    ...parts,
  })
}

export const TRIALS = [speaking('open', SHOWN), speaking('closed', PRIVATE)]
export const ERRORED = speaking('broken', PRIVATE, {
  outcome: 'errored',
  score: null,
  namedScores: {},
  output: undefined,
})

/** A run with a baseline, and a word in all that it quotes. */
export function quoting(): ReportInput {
  const said = `it says ${PRIVATE}`
  const column = { prompt: 'zero-shot', provider: 'flash' }
  const flip = (caseId: string, word: string) =>
    makeFlip({
      caseId,
      column,
      against: column,
      description: word,
      reason: word,
      output: word,
      baseOutput: word,
    })
  const broken = (caseId: string, word: string) => ({
    caseId,
    column,
    against: column,
    description: word,
    base: { passed: 3, of: 3 },
    candidate: { passed: 0, of: 3 },
    reason: word,
    status: 'confirmed' as const,
  })
  const comparison = makeComparison({
    flips: [flip('open', SHOWN), flip('closed', said)],
    broken: [broken('open', SHOWN), broken('closed', said)],
    changes: [
      {
        kind: 'prompt',
        what: 'The prompt x was edited: 1 word added.',
        column,
        diff: [{ op: 'added', text: said }],
      },
      { kind: 'provider', what: `The config of flash has changed: system a → ${said}.`, column },
    ],
  })
  const message = `the account says ${PRIVATE}`
  const input = makeInput({
    trials: [...TRIALS, ERRORED],
    manifest: {
      prompts: [{ key: 'zero-shot', raw: said, file: 'p.txt', config: { said } }],
      providers: [{ key: 'flash', id: 'flash', account: 'acme', config: { system: said } }],
      warnings: [said, said],
      incomplete: [{ cause: 'outage', account: 'acme', cells: 1, message }],
    },
    planned: 4,
  })
  const review = (caseId: string, word: string) => ({
    cellId: `cell-${caseId}`,
    caseId,
    column,
    repeat: 0,
    replyHash: replyHash({ said: `it says ${word}` }),
    outcome: 'failed' as const,
    mark: 'agree' as const,
    note: `noted ${word}`,
    at: '2027-01-31T10:00:00.000Z',
    run: 'run-1',
  })
  return {
    ...input,
    analysis: {
      ...input.analysis,
      comparison,
      flaky: [{ caseId: 'closed', description: said, column, passed: 1, of: 2 }],
      quarantined: [{ caseId: 'closed', reason: said, state: 'active' }],
    },
    verdict: {
      ...input.verdict,
      reasons: [
        ...input.verdict.reasons,
        `Every cell errored, so nothing was scored: ${input.analysis.errors[0]?.message}`,
      ],
    },
    baseline: { ...input.run, manifest: { ...input.run.manifest, id: 'base' } },
    reviews: [review('open', SHOWN), review('closed', PRIVATE)],
    share: { cases: ['open'] },
  }
}
