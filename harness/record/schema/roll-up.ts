import { z } from 'zod'
import { cellsSchema } from './analysis.ts'
import { cost, isoTime } from './figures.ts'
import { summarySchema } from './summary.ts'
import { decisionSchema } from './verdict.ts'

const { exitCode, columns } = summarySchema.shape

const columnSchema = columns.element.pick({
  prompt: true,
  provider: true,
  passRate: true,
  interval: true,
  latencyMs: true,
  costUsd: true,
  costPer1000Usd: true,
})

const file = z.string().describe('The suite, as it was named on the command line')

const suiteSchema = z.discriminatedUnion('is', [
  z.object({
    file,
    is: z.literal('run'),
    name: z.string(),
    run: z.object({ id: z.string(), dir: z.string().describe("Its folder, from the roll-up's") }),
    decision: decisionSchema,
    exitCode,
    sentence: z.string().describe('Why it was decided so, or why cells are missing'),
    cells: cellsSchema,
    columns: z.array(columnSchema),
    spentUsd: cost,
  }),
  z.object({
    file,
    is: z.literal('broken').describe('It could not be run'),
    error: z.string(),
    exitCode: z.int(),
  }),
  z.object({ file, is: z.literal('not_run').describe('The command was interrupted before its turn') }),
])

/** `roll-up.json`. */
export const rollUpSchema = z
  .object({
    v: z.literal(1),
    id: z.string(),
    startedAt: isoTime,
    endedAt: isoTime,
    command: z.array(z.string()),
    exitCode: z.int().describe('The worst of them all'),
    spentUsd: cost,
    suites: z.array(suiteSchema).describe('In the order they were asked for'),
  })
  .describe('Several suites that one command ran: roll-up.json')
