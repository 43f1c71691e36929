import { z } from 'zod'
import { count, isoTime } from './figures.ts'
import { scrubbingSchema } from './scrubbing.ts'

const caseSchema = z.object({
  id: z.string(),
  description: z.exactOptional(z.string()),
  varsHash: z.exactOptional(z.string()).describe('Digest of its variables'),
  checksHash: z.string().describe('Digest of its checks, graders included'),
  scores: z
    .record(z.string(), z.record(z.string(), z.array(z.number())))
    .describe('By column, then by metric, in the order of the repeats; errored ones are left out'),
  errored: z.exactOptional(z.record(z.string(), count)).describe('Errored repeats by column'),
})

const acceptedSchema = z.object({
  at: isoTime,
  by: z.exactOptional(z.string()),
  commit: z.exactOptional(z.string()),
  reason: z.exactOptional(z.string()),
  forced: z.exactOptional(z.boolean()).describe('True where a run was accepted that would have been refused'),
})

/** `baseline.json`. */
export const baselineSchema = z
  .object({
    v: z.literal(1),
    hash: z.string().describe('sha256 of all the rest'),
    suite: z.object({ name: z.string(), hash: z.string() }),
    run: z.string(),
    accepted: acceptedSchema,
    margin: z.number().nullable().describe('The largest drop that still counts as "no worse"'),
    repeat: count,
    versions: z.record(z.string(), z.string()),
    columns: z.array(
      z.object({
        prompt: z.string(),
        provider: z.string(),
        hash: z.string(),
        promptHash: z.string().describe('Of the prompt template alone'),
        configHash: z.string().describe("Of the provider's id, its config as written, and its class's model"),
      }),
    ),
    graders: z.exactOptional(z.array(z.object({ id: z.string(), hash: z.string() }))),
    replies: z.boolean().describe('False where the replies were left out'),
    cases: z.array(caseSchema).describe('Sorted by id'),
    scrubbed: z.exactOptional(z.array(scrubbingSchema)).describe('When secrets were taken out of it'),
  })
  .describe('What later runs of a suite are compared with: baseline.json beside the suite')
