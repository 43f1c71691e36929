import { z } from 'zod'
import { checkResultSchema } from './check.ts'
import { attemptRecordSchema, responseSchema, usageSchema } from './attempt.ts'
import { cost, count, measuredMs, sourceLocation } from './figures.ts'

const cellSchema = z.object({
  id: z.string(),
  caseId: z.string(),
  prompt: z.string(),
  provider: z.string(),
  repeat: count,
  vars: z.record(z.string(), z.unknown()),
  varsHash: z.string().optional().describe('Digest of the vars as the suite has them'),
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
    first: z
      .object({
        outcome: z.enum(['passed', 'failed', 'errored']),
        score: z.number().nullable(),
        namedScores: z.record(z.string(), z.number()),
      })
      .optional()
      .describe('What the first reply came to, where feedback was given'),
    feedback: z
      .object({
        attempts: count,
        addedMs: z.number(),
        addedUsd: cost,
        ended: z.enum(['passed', 'max_attempts', 'same_reply', 'errored']),
      })
      .optional()
      .describe('What rounds of feedback after the first try took'),
    error: z.string().optional(),
    warnings: z.array(z.string()).optional(),
  })
  .describe('One finished cell: a line of trials.jsonl')
