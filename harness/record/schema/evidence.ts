import { z } from 'zod'
import { count, rate } from './figures.ts'

/** What a check saw besides its score, by kind. */
export const evidenceSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('label'),
      expected: z.string(),
      predicted: z.string().nullable(),
      abstained: z.boolean().optional(),
      confidence: rate.optional(),
    }),
    z.object({
      kind: z.literal('fields'),
      fields: z.record(z.string(), z.object({ right: count, extra: count, missing: count })),
    }),
    z.object({
      kind: z.literal('claims'),
      claims: count,
      supported: count,
      citations: z.object({ made: count, exist: count, support: count }).optional(),
    }),
    z.object({ kind: z.literal('depth'), depth: rate, score: rate, tokens: count.optional() }),
    z.object({
      kind: z.literal('attack'),
      family: z.string(),
      channel: z.string().optional(),
      succeeded: z.boolean(),
      useful: z.boolean().nullable(),
    }),
    z.object({
      kind: z.literal('trajectory'),
      steps: count,
      solved: z.boolean(),
      looped: z.boolean(),
      toolErrors: count,
      recovered: count,
    }),
    z.object({
      kind: z.literal('caching'),
      promptTokens: count,
      cacheRead: count.nullable(),
      cacheWrite: count,
      savedUsd: z.number().nullable(),
      breakEven: count.nullable(),
    }),
    z.object({
      kind: z.literal('answer'),
      group: z.string(),
      relation: z.string(),
      answer: z.string().nullable(),
    }),
    z.object({
      kind: z.literal('judgement'),
      score: rate,
      length: count,
      lengthOfOther: count.optional(),
      orders: z.enum(['agreed', 'first', 'second']).optional(),
      panel: z.array(rate.nullable()).optional(),
    }),
  ])
  .describe('What a check saw besides its score, for figures of the whole run')

export const markSchema = z
  .object({ start: count, end: count, label: z.string(), note: z.string().optional() })
  .describe('A part of the reply that a check points at; offsets in UTF-16 units')
