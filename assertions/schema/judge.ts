import type { CheckVerdict } from '../../harness/model/custom-check.ts'
import { replyJson } from '../shared/json.ts'
import type { JsonPlace } from '../shared/json.ts'
import { failed, passed } from '../shared/verdict.ts'
import { fieldScore } from './field-score.ts'
import type { Validator } from './problem.ts'
import { settled } from './settle.ts'
import { marksOf, told } from './told.ts'

export interface SchemaOptions {
  /** Only a reply that is JSON and nothing else passes. */
  readonly strict?: boolean | undefined
  /** What JSON in a code fence (0.1) or among words (0.2) costs of the score. */
  readonly penalty?: { readonly fenced?: number | undefined; readonly prose?: number | undefined } | undefined
}

const PLACES: Readonly<Record<JsonPlace, string>> = {
  strict: '',
  fenced: 'in a code fence',
  prose: 'with other text around it',
}

/** A reply held against a schema. */
export async function judgedBy(
  validator: Validator,
  output: unknown,
  { strict = false, penalty = {} }: SchemaOptions,
): Promise<CheckVerdict> {
  const read = replyJson(output)
  if ('error' in read) return failed(read.error, 0, { namedScores: { fields: 0 } })
  const { value, how } = read
  const problems = settled(await validator.problemsOf(value))
  const fields = fieldScore(value, problems, validator.jsonSchema)
  const off = { strict: 0, fenced: penalty.fenced ?? 0.1, prose: penalty.prose ?? 0.2 }[how]
  const score = strict && how !== 'strict' ? 0 : Math.max(0, fields - off)
  const besides = { namedScores: { fields } }
  const faults = [
    ...(strict && how !== 'strict' ? [`the reply must be JSON and nothing else: it is ${PLACES[how]}`] : []),
    ...(problems.length > 0 ? [`the JSON does not fit the schema: ${told(problems, value)}`] : []),
  ]
  if (faults.length > 0) {
    const marks = marksOf(problems, value, output)
    return failed(
      faults.join('; '),
      score,
      marks.length === 0 ? besides : { ...besides, metadata: { marks } },
    )
  }
  return passed(
    how === 'strict' ? 'the JSON fits the schema' : `the JSON fits the schema, but stands ${PLACES[how]}`,
    score,
    besides,
  )
}
