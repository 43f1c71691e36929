import { z } from 'zod'
import { count, isoTime } from './figures.ts'

const columnSchema = z.object({ prompt: z.string(), provider: z.string(), hash: z.string() })

const providerSchema = z.object({
  key: z.string(),
  id: z.string(),
  account: z.string(),
  config: z.exactOptional(z.unknown()).describe('As written, without secrets'),
  notice: z.exactOptional(z.string()).describe('To be said wherever its figures are shown'),
})

const accountSchema = z.object({ account: z.string(), startedAt: isoTime, endedAt: isoTime, calls: count })

/** `manifest.json`. */
export const manifestSchema = z
  .object({
    v: z.literal(1),
    id: z.string(),
    suite: z.object({
      name: z.string(),
      file: z.string(),
      hash: z.string(),
      description: z.exactOptional(z.string()),
    }),
    files: z.record(z.string(), z.string()).describe('sha256 of every file the suite read'),
    columns: z.array(columnSchema),
    providers: z.array(providerSchema),
    prompts: z.array(z.object({ key: z.string(), raw: z.string(), file: z.string() })),
    cells: z.object({ planned: count, cases: count }),
    repeat: count,
    seed: z.exactOptional(z.number()),
    versions: z.record(z.string(), z.string()),
    git: z.exactOptional(
      z.object({ commit: z.string(), dirty: z.boolean(), branch: z.exactOptional(z.string()) }),
    ),
    machine: z.record(z.string(), z.union([z.string(), z.number()])),
    command: z.array(z.string()),
    startedAt: isoTime,
    endedAt: z.exactOptional(isoTime),
    accounts: z.exactOptional(z.array(accountSchema)).describe('When each provider account was called'),
    warnings: z.exactOptional(z.array(z.string())),
    interrupted: z.exactOptional(z.boolean()),
    verifies: z.exactOptional(z.string()).describe('Id of the run whose stored replies were checked again'),
  })
  .describe('What was run, on what, by which versions: manifest.json of a run folder')
