import { z } from 'zod'
import { FAILURE_KINDS } from '../../model/failure.ts'
import { cost, milliseconds } from './figures.ts'

const failureSchema = z
  .object({
    kind: z.enum(FAILURE_KINDS),
    message: z.string(),
    status: z.number().optional().describe('HTTP status'),
    retryAfterMs: milliseconds.optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
  })
  .describe('Why a call yielded no reply')

const timingSchema = z.object({
  queuedMs: milliseconds.describe('Milliseconds spent waiting for a slot; not part of the latency'),
  backoffMs: milliseconds.describe('Milliseconds between transport retries; not part of the latency'),
  latencyMs: milliseconds.describe('Milliseconds from the request sent to the last byte'),
  ttftMs: milliseconds
    .optional()
    .describe('Milliseconds to the first token; absent where nothing was streamed'),
  serverMs: milliseconds.optional().describe('Milliseconds, as the provider reports them'),
  trusted: z.boolean().describe('False when the provider hides queueing or retries inside its call'),
})

export const usageSchema = z
  .object({
    input: z.number(),
    output: z.number(),
    cacheRead: z.number().optional(),
    cacheWrite: z.number().optional(),
    cacheWrite1h: z.number().optional(),
    estimated: z.boolean().optional(),
  })
  .describe('Tokens in four additive classes; input excludes the cached ones')

const replySchema = z.object({
  output: z.unknown(),
  finishReason: z.string().optional(),
  isRefusal: z.boolean().optional(),
  cached: z.boolean().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  logProbs: z.array(z.number()).optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
})

/** A reply without its output: what a trial keeps beside the output its checks saw. */
export const responseSchema = replySchema.omit({ output: true })

export const attemptSchema = z
  .object({
    request: z.object({ prompt: z.string() }),
    reply: replySchema.optional(),
    failure: failureSchema.optional(),
    timing: timingSchema,
    usage: usageSchema.optional(),
    costUsd: cost,
  })
  .describe('One call to a model: the reply or the failure, and what it took')

/** An attempt in the line of its trial. */
export const attemptRecordSchema = attemptSchema
  .omit({ request: true, reply: true })
  .extend({
    reply: z
      .object({ cached: z.boolean().optional() })
      .optional()
      .describe('Present when the model answered'),
    attempt: z.number().optional().describe('Round of feedback; absent for the first, 0'),
    retry: z.number().optional().describe('Transport try within its round; absent for the first, 0'),
    feedback: z
      .array(z.string())
      .optional()
      .describe('What its checks found wrong, as the model was told; absent for the last round'),
  })
  .describe('What a call took; its request and reply stand in the line of the call')
