import { z } from 'zod'
import { attemptRecordSchema, responseSchema, usageSchema } from './attempt.ts'
import { cost, count, measuredMs, sourceLocation } from './figures.ts'

const checkResultSchema = z.object({
  type: z.string(),
  metric: z.string().optional(),
  pass: z.boolean(),
  score: z.number().nullable().describe('Null when the check itself broke: unscored is not zero'),
  reason: z.string(),
  error: z.string().optional().describe('Why the check broke'),
  weight: z.number().optional(),
  get members() {
    return z.array(checkResultSchema).optional().describe('Members of an assert-set, in order')
  },
})

const cellSchema = z.object({
  id: z.string(),
  caseId: z.string(),
  prompt: z.string(),
  provider: z.string(),
  repeat: count,
  vars: z.record(z.string(), z.unknown()),
  description: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  source: sourceLocation,
})

/** A line of `trials.jsonl` of `kind: "trial"`. */
export const trialSchema = z
  .object({
    v: z.literal(1),
    kind: z.literal('trial'),
    cell: cellSchema,
    outcome: z.enum(['passed', 'failed', 'errored']),
    score: z.number().nullable().describe('Null when unscored: unscored is not zero'),
    namedScores: z.record(z.string(), z.number()),
    namedScoreWeights: z.record(z.string(), z.number()).optional(),
    output: z.unknown().describe('After the transforms: what the checks saw'),
    request: z.object({ prompt: z.string() }),
    response: responseSchema,
    checks: z.array(checkResultSchema),
    checksHash: z.string(),
    reason: z.string().optional(),
    latencyMs: measuredMs,
    ttftMs: measuredMs,
    costUsd: cost,
    usage: usageSchema.optional(),
    attempts: z.array(attemptRecordSchema),
    error: z.string().optional(),
    warnings: z.array(z.string()).optional(),
  })
  .describe('One finished cell: a line of trials.jsonl')
