import { z } from 'zod'
import { analysisSchema } from './analysis.ts'
import { baselineSchema } from './baseline.ts'
import { calibrationSchema } from './calibration.ts'
import { callSchema } from './call.ts'
import { historyIndexSchema } from './history.ts'
import { manifestSchema } from './manifest.ts'
import { rollUpSchema } from './roll-up.ts'
import { reviewFileSchema, reviewsSchema } from './review.ts'
import { summarySchema } from './summary.ts'
import { trialSchema } from './trial.ts'
import { verdictSchema } from './verdict.ts'

/** Every JSON format of the record and of baselines, by the name its schema is published under in `schemas/`. */
const FORMATS = {
  manifest: manifestSchema,
  trial: trialSchema,
  call: callSchema,
  analysis: analysisSchema,
  verdict: verdictSchema,
  summary: summarySchema,
  baseline: baselineSchema,
  'roll-up': rollUpSchema,
  review: reviewFileSchema,
  reviews: reviewsSchema,
  history: historyIndexSchema,
  calibration: calibrationSchema,
} as const

/** The published JSON Schemas (draft 2020-12) as text, by file name. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(FORMATS).map(([name, schema]) => [
      `${name}.json`,
      `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`,
    ]),
  )
}
