import { z } from 'zod'
import { HarnessError } from '../model/errors.ts'
import { didYouMean } from '../model/suggest.ts'
import type { ReviewFile } from '../model/review.ts'
import { jsonMistake, placeAt } from '../record/json-mistake.ts'
import { reviewedCellSchema, reviewFileSchema } from '../record/schema/review.ts'
import { fail } from '../suite/config/fail.ts'
import { parseYamlFile } from '../suite/config/parse-yaml.ts'
import { describe } from '../suite/config/schema/describe.ts'
import { isMap } from '../suite/config/schema/form.ts'
import { problemsOf } from '../suite/config/schema/problems.ts'

const FORMAT = 1

/** How many mistakes are told at once. */
const MOST_TOLD = 10
/** UTF-16 units of a text whose mistakes are told by line and column; finding them takes many times its size. */
const LARGEST_PLACED = 1_000_000

const AGAIN = 'Download it from the page of the run again.'

/**
 * Reads a `review.json`, strictly: whoever reviewed wants to know that every mark arrived.
 * @param name what the text is called in errors: a path
 * @throws HarnessError `usage` for a text that is cut off, foreign, or of a newer format; `suite` for mistakes in it, each in its place
 */
export function parseReviewFile(text: string, name: string): ReviewFile {
  const body = text.replace(/^\uFEFF/, '')
  const value = parseJson(body, name)
  if (!isMap(value) || !('reviews' in value)) throw foreign(value, name)
  if (typeof value['v'] === 'number' && value['v'] > FORMAT)
    throw fail(
      'usage',
      `the review was made by the page of a newer version of assay (format ${value['v']}, this one reads ${FORMAT})`,
      placeAt(body, name, Math.max(0, body.indexOf('"v"'))),
      'Update assay.',
    )
  const parsed = reviewFileSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw mistakesIn(body.length > LARGEST_PLACED ? value : withPlaces(body, name, value), name)
}

/** JSON is YAML, whose reader knows places. */
function withPlaces(text: string, name: string, value: unknown): unknown {
  try {
    return parseYamlFile(name, text)
  } catch {
    // It is stricter than JSON: of nesting and of keys that stand twice.
    return value
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const { isCutOff, said, at } = jsonMistake(text, name, cause)
    const message = isCutOff
      ? 'the review is cut off: the JSON has no end'
      : `the review is not JSON: ${said}`
    throw fail('usage', message, at, AGAIN, cause)
  }
}

function foreign(value: unknown, name: string): HarnessError {
  const keys = isMap(value) ? Object.keys(value).slice(0, 5) : []
  const found =
    keys.length === 0 ? describe(value) : `a map with ${keys.map((key) => `\`${key}\``).join(', ')}`
  return fail(
    'usage',
    `this is no review: expected a map with \`v\`, \`run\`, \`suite\` and \`reviews\`, found ${found}`,
    { file: name, line: 1, column: 1 },
    'The page of a run (report.html) downloads a review.json once cells are marked in it.',
  )
}

/** @param value of the same text as was found wrong, now with the places of its parts where they are known */
function mistakesIn(value: unknown, name: string): HarnessError {
  const issues = reviewFileSchema.safeParse(value).error?.issues ?? []
  const [first, ...rest] = problemsOf(new z.ZodError(issues.flatMap(keyByKey)), value, {
    file: name,
    line: 1,
  })
  if (first === undefined) throw new Error(`${name} has mistakes and has none`)
  const { code, message, at, hint, frame } = fail(
    'suite',
    first.message,
    first.at,
    first.hint ?? hintOn(value),
  )
  const others = rest
    .slice(0, MOST_TOLD - 1)
    .map(({ message, ...details }) => new HarnessError('suite', message, details))
  return new HarnessError(code, message, { at, hint, frame, others })
}

/** Unknown keys, one mistake each. */
function keyByKey(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'unrecognized_keys') return [issue]
  const known = Object.keys((issue.path.length === 0 ? reviewFileSchema : reviewedCellSchema).shape)
  return issue.keys.map((key) => ({
    code: 'custom',
    message: `unknown key \`${key}\``,
    path: [...issue.path, key],
    input: undefined,
    params: { hint: didYouMean(key, known) ?? `known keys: ${known.join(', ')}`, atKey: true },
  }))
}

/** What a run folder keeps has the same shape from afar. */
function hintOn(value: unknown): string | undefined {
  const [first] = isMap(value) && Array.isArray(value['reviews']) ? value['reviews'] : []
  return isMap(first) && 'cellId' in first
    ? 'This is the reviews.json of a run folder, which holds what was bound already; `assay review RUN` shows it.'
    : undefined
}
