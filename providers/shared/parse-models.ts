import type { Document } from 'yaml'
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { HarnessError } from '../../harness/model/errors.ts'
import { CAPABILITIES } from '../../harness/model/model-catalog.ts'
import { didYouMean } from '../../harness/model/suggest.ts'

const tokens = z.int().positive()

const modelSchema = z.strictObject({
  contextWindow: tokens.exactOptional(),
  maxOutput: tokens.exactOptional(),
  capabilities: z.array(z.enum(CAPABILITIES)),
  price: z.string().exactOptional(),
  profiles: z.array(z.string()).exactOptional(),
  profileOnly: z.boolean().exactOptional(),
  cacheMinTokens: tokens.exactOptional(),
  retires: z.iso.date('an ISO date is YYYY-MM-DD').exactOptional(),
})

/** Vendors whose models are known, as their provider ids begin. */
const schemeSchema = z.enum(['bedrock', 'anthropic', 'google', 'openai'])

const classSchema = z
  .partialRecord(schemeSchema, z.string())
  .refine((vendors) => Object.keys(vendors).length > 0, 'a class needs a model')

const modelsSchema = z.strictObject({
  classes: z.record(
    z.string().regex(/^[a-z][a-z0-9.-]*-class$/, 'the name of a class ends in `-class`'),
    classSchema,
  ),
  models: z.partialRecord(schemeSchema, z.record(z.string(), modelSchema)),
})

/** Classes and models, as their file has them. */
export type Models = z.infer<typeof modelsSchema>

/** @throws HarnessError `suite`, at its place in `file`, for what is no YAML, an unknown key, or a value that is none */
export function parseModels(text: string, file: string): Models {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const refuse = (message: string, offset: number, hint?: string): HarnessError => {
    const { line, col } = lines.linePos(offset)
    return new HarnessError('suite', message, { at: { file, line, column: col }, hint })
  }
  const [error] = document.errors
  if (error !== undefined) throw refuse(error.message, error.pos[0])

  const parsed = modelsSchema.safeParse(document.toJS())
  if (!parsed.success) {
    const { path, key, message } = problemOf(parsed.error)
    const whole = [...path, ...(key === undefined ? [] : [key])].join('.')
    const at = key === undefined ? offsetOf(document, path) : keyOffset(document, path, key)
    throw refuse(`${whole === '' ? '' : `${whole}: `}${message}`, at)
  }
  const { classes, models } = parsed.data
  for (const [name, vendors] of Object.entries(classes)) {
    for (const [scheme, model] of Object.entries(vendors)) {
      const ids = Object.keys(models[schemeSchema.parse(scheme)] ?? {})
      if (knownAs(scheme, model).some((id) => ids.includes(id))) continue
      const at = offsetOf(document, ['classes', name, scheme])
      throw refuse(
        `classes.${name}: no model \`${model}\` of ${scheme} is in the list`,
        at,
        didYouMean(model, ids),
      )
    }
  }
  return parsed.data
}

/** `us.`, `eu.`, `us-gov.`, `global.` before the vendor in a Bedrock id. */
const PROFILE = /^[a-z]{2,6}(?:-[a-z]+)?\.(?=[a-z0-9]+\.)/

/** What names one snapshot of a model: `-2024-11-20`, `-20250929`, `-001`, `-latest`. */
const SNAPSHOT = /-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{3}|0|latest)$/

/** Ids a model may stand under in the list: its own, without its inference profile, without its snapshot. */
export function knownAs(scheme: string, model: string): string[] {
  // Of an ARN the last part is the model or its inference profile.
  const name = model.startsWith('arn:') ? model.slice(model.lastIndexOf('/') + 1) : model
  const base = scheme === 'bedrock' ? name.replace(PROFILE, '') : name
  return [...new Set([base, base.replace(SNAPSHOT, '')])]
}

interface Problem {
  readonly path: readonly string[]
  /** Set where the mistake is a key. */
  readonly key?: string | undefined
  readonly message: string
}

function problemOf({ issues }: z.ZodError): Problem {
  const [issue] = issues
  const path = (issue?.path ?? []).map(String)
  if (issue?.code === 'unrecognized_keys') return { path, key: issue.keys[0], message: 'unknown key' }
  if (issue?.code === 'invalid_key')
    return { path: path.slice(0, -1), key: path.at(-1), message: issue.issues[0]?.message ?? issue.message }
  return { path, message: issue?.message ?? 'not valid' }
}

/** Of the value at the path, or of the nearest around it. */
function offsetOf(document: Document, path: readonly string[]): number {
  const node = document.getIn(path, true)
  if (isNode(node) && node.range) return node.range[0]
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1))
}

function keyOffset(document: Document, path: readonly string[], key: string): number {
  const map = document.getIn(path, true)
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
  return (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? offsetOf(document, path)
}
