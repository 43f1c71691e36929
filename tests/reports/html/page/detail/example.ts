import type { Trial } from '../../../../../harness/model/trial.ts'
import { FLAGS } from '../../../../../reports/html/data/about.ts'
import { makeErrored, makeTrial } from '../../../../harness/analyze/make-trial.ts'
import type { FakeParts } from './fake-report.ts'

/** 32 hex digits that differ in the first 16. */
export function cellId(n: number): string {
  return n.toString(16).padStart(8, '0').repeat(4)
}

const PROMPT = `You sort e-mails by the sentiment of the person who wrote them.

Answer with exactly one of: positive, negative, neutral, mixed.

<email>
The sofa came on Tuesday, and it is lovely. The men who carried it up were less so.
</email>

Sentiment:`

const REASONING = [
  'The writer is pleased with the sofa.',
  'The writer is unhappy about the delivery.',
  ...Array.from({ length: 60 }, (_, i) => `Point ${i + 1} of the long list of what was weighed.`),
  'So the label is: mixed',
]

/** A run of two cases in two columns with two repeats, and its baseline: a regression with feedback and retries among them. */
export function exampleParts(): FakeParts {
  const trials = [regressed(), ...others()]
  const base = trials.map((trial) => ({
    ...trial,
    cell: { ...trial.cell, id: `b${trial.cell.id.slice(1)}` },
    outcome: 'passed' as const,
    score: 1,
    output:
      typeof trial.output === 'string'
        ? trial.output.replace('positive', 'mixed').replace('lovely', 'nice')
        : 'mixed',
    request: { prompt: trial.request.prompt.replace('exactly one of', 'one of') },
    attempts: [],
  }))
  return {
    trials,
    base,
    flags: { 0: FLAGS.flaky | FLAGS.untrusted },
    reviews: [
      {
        row: 0,
        mark: 'judge_wrong',
        by: 'Ada <ada@example.org>',
        note: '“Mixed” is a matter of taste here.',
        at: '2026-11-20T09:30:00.000Z',
      },
    ],
  }
}

function regressed(): Trial {
  return makeTrial({
    cell: {
      id: cellId(1),
      caseId: 'mail-001',
      prompt: 'few-shot',
      provider: 'sonnet',
      description: 'Sofa delivery that went half right',
      metadata: { tags: ['critical', 'delivery'] },
      vars: {
        label: 'mixed',
        email: 'The sofa came on Tuesday, and it is lovely.\nThe men who carried it up were less so.',
      },
    },
    outcome: 'failed',
    score: 0.45,
    namedScores: { accuracy: 0, format: 1, tone: 0.35 },
    output: `${REASONING.join('\n').replace('mixed', 'positive')}\nThe sofa is lovely.`,
    request: { prompt: PROMPT },
    checks: [
      { type: 'regex', metric: 'format', pass: true, score: 1, reason: 'Assertion passed' },
      {
        type: 'equals',
        metric: 'accuracy',
        pass: false,
        score: 0,
        weight: 2,
        reason: 'Expected output "positive" to equal "mixed"',
      },
      {
        type: 'assert-set',
        metric: 'tone',
        pass: false,
        score: 0.35,
        reason: 'Aggregate score 0.35 < 0.5 threshold',
        members: [
          {
            type: 'contains-any',
            pass: false,
            score: 0,
            reason: 'Expected output to contain one of "sorry, thanks"',
          },
          {
            type: 'llm-rubric',
            pass: true,
            score: 0.7,
            reason: 'Reads as friendly.\nNothing in it is rude.',
          },
        ],
      },
      { type: 'python', pass: false, score: null, reason: '', error: 'python3: can’t open file "check.py"' },
    ],
    reason: 'Expected output "positive" to equal "mixed"',
    latencyMs: 842,
    ttftMs: 210,
    costUsd: 0.0062,
    usage: { input: 412, cacheRead: 1_024, cacheWrite: 0, output: 96, estimated: true },
    first: { outcome: 'failed', score: 0.2, namedScores: { accuracy: 0 } },
    feedback: { attempts: 2, addedMs: 1_340, addedUsd: 0.0031, ended: 'same_reply' },
    attempts: [
      {
        failure: {
          kind: 'throttled',
          message: 'Too many requests, please wait',
          status: 429,
          retryAfterMs: 400,
        },
        timing: { queuedMs: 120, backoffMs: 0, latencyMs: 38, trusted: false },
        costUsd: 'unknown',
      },
      {
        reply: {},
        retry: 1,
        timing: { queuedMs: 15, backoffMs: 400, latencyMs: 842, ttftMs: 210, trusted: false },
        usage: { input: 206, cacheRead: 512, output: 48, estimated: true },
        costUsd: 0.0031,
        feedback: ['Expected output "positive" to equal "mixed"', 'Answer with one label only.'],
      },
      {
        reply: { cached: true },
        attempt: 1,
        timing: { queuedMs: 0, backoffMs: 0, latencyMs: 940, ttftMs: 330, trusted: true },
        usage: { input: 206, cacheRead: 512, output: 48 },
        costUsd: 0.0031,
      },
    ],
  })
}

function others(): Trial[] {
  const cell = { caseId: 'mail-001', prompt: 'few-shot', provider: 'sonnet' }
  const inOther = { caseId: 'mail-001', prompt: 'zero-shot', provider: 'flash' }
  return [
    makeTrial({
      cell: { ...cell, id: cellId(2), repeat: 1 },
      output: '{"label":"mixed","confidence":0.71,"why":["sofa","delivery"]}',
      request: { prompt: PROMPT },
      usage: { input: 206, output: 12 },
      checks: [{ type: 'is-json', pass: true, score: 1, reason: 'Assertion passed' }],
    }),
    makeTrial({ cell: { ...inOther, id: cellId(3) }, output: 'mixed', request: { prompt: PROMPT } }),
    makeErrored('connect ECONNREFUSED 127.0.0.1:8080', { ...inOther, id: cellId(4), repeat: 1 }),
  ]
}
