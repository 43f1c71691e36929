import { z } from 'zod'
import { CHILD_NAMES } from '../../model/run.ts'
import { count, isoTime } from './figures.ts'
import { incompleteSchema } from './incomplete.ts'
import { scrubbingSchema } from './scrubbing.ts'

const columnSchema = z.object({
  prompt: z.string(),
  provider: z.string(),
  hash: z.string(),
  baseline: z
    .exactOptional(z.object({ prompt: z.string(), provider: z.string() }))
    .describe('Of a column of the baseline that was run again: its name there'),
})

const promptSchema = z.object({
  key: z.string(),
  raw: z.string(),
  file: z.string(),
  config: z.exactOptional(z.unknown()),
  function: z.exactOptional(z.boolean()).describe('Made by code: raw is its source'),
})

const comparisonSchema = z
  .object({
    baseline: z.exactOptional(z.string()),
    renamed: z.exactOptional(z.record(z.string(), z.string())),
    rerunBaseline: z.exactOptional(z.boolean()),
    settle: z.exactOptional(z.boolean()),
    stopEarly: z.exactOptional(z.boolean()),
    strict: z.exactOptional(z.boolean()),
    failOn: z.exactOptional(z.enum(['gate', 'any', 'floor', 'none'])),
  })
  .describe('What was asked for of the comparison with a baseline')

const providerSchema = z.object({
  key: z.string(),
  id: z.string(),
  account: z.string(),
  model: z
    .exactOptional(z.string())
    .describe('Of a class of models: the provider id of the one it stood for'),
  config: z.exactOptional(z.unknown()).describe('As written, without secrets'),
  notice: z.exactOptional(z.string()).describe('To be said wherever its figures are shown'),
})

const accountSchema = z.object({ account: z.string(), startedAt: isoTime, endedAt: isoTime, calls: count })

const selectionSchema = z.object({
  filter: z.exactOptional(z.object({ source: z.string(), flags: z.string() })),
  tags: z.exactOptional(z.array(z.string())),
  providers: z.exactOptional(z.array(z.string())),
  prompts: z.exactOptional(z.array(z.string())),
  repeat: z.exactOptional(count),
  sample: z.exactOptional(z.object({ n: count, seed: z.number() })),
  cellIds: z.exactOptional(z.array(z.string())).describe('Only these cells'),
  shuffle: z.exactOptional(z.number()).describe('Seed of the order of the cases'),
})

const optionsSchema = z
  .object({
    selection: selectionSchema,
    concurrency: z.exactOptional(count),
    envFiles: z.exactOptional(z.array(z.string())),
    allowOutside: z.exactOptional(z.boolean()),
    maxCostUsd: z.exactOptional(z.number()),
    cassette: z.exactOptional(z.enum(['record', 'replay'])),
    cache: z.exactOptional(z.boolean()),
    comparison: z.exactOptional(comparisonSchema),
  })
  .describe('What was asked for on the command line: what it takes to resume the run')

const judgeSchema = z.object({
  metric: z.string(),
  hash: z.string().describe('sha256 of models, rubric and prompt'),
  graders: z.array(z.string()),
  calibration: z.enum(['current', 'missing', 'stale', 'weak']),
  changed: z
    .exactOptional(z.array(z.string()))
    .describe('Of a stale one, what differs from the judge that was calibrated'),
  alpha: z.exactOptional(
    z.object({
      value: z.number().nullable(),
      interval: z.object({ lo: z.number(), hi: z.number() }).nullable(),
    }),
  ),
  n: z.exactOptional(count).describe('Rows that the calibration was measured on'),
  counts: z.boolean().describe('Whether what it says counts, for cells and gates'),
})

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
    prompts: z.array(promptSchema),
    graders: z
      .exactOptional(z.array(z.object({ id: z.string(), hash: z.string() })))
      .describe('Graders that the checks asked'),
    judges: z
      .exactOptional(z.array(judgeSchema))
      .describe('Custom checks that ask models, and what each was known to be worth'),
    cells: z.object({ planned: count, cases: count, beside: z.exactOptional(count) }),
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
    suiteWarnings: z
      .exactOptional(count)
      .describe('How many of them, from the first on, are about the suite as it was read'),
    interrupted: z.exactOptional(z.boolean()),
    incomplete: z.exactOptional(z.array(incompleteSchema)).describe('Why planned cells have no result'),
    lag: z
      .exactOptional(z.object({ p99Ms: z.number(), maxMs: z.number(), tooBusy: z.boolean() }))
      .describe('How late the event loop ran, in milliseconds'),
    options: z.exactOptional(optionsSchema),
    resumed: z
      .exactOptional(z.array(z.object({ at: isoTime, command: z.array(z.string()) })))
      .describe('When the run was gone on with, and by which command'),
    scrubbed: z.exactOptional(z.array(scrubbingSchema)).describe('When secrets were taken out of its files'),
    verifies: z.exactOptional(z.string()).describe('Id of the run whose stored replies were checked again'),
    baseline: z
      .exactOptional(z.object({ name: z.string(), run: z.string() }))
      .describe('What it was compared with: its name, and the id of the run that was accepted as it'),
    child: z.exactOptional(z.enum(CHILD_NAMES)).describe('What a run that belongs to another is for'),
    parent: z.exactOptional(z.string()).describe('Id of the run it belongs to'),
  })
  .describe('What was run, on what, by which versions: manifest.json of a run folder')
