import { z } from 'zod'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { readJson } from '../shared/json-read.ts'

/** A whole value may come from the case: `'{{calls}}'`. */
const template = z.string().regex(/^\{\{.*\}\}$/s, 'expected no text here, but for one like `{{name}}`')

const call = z.strictObject({
  tool: z.string().min(1),
  args: z.union([z.record(z.string(), z.unknown()), template]).optional(),
  match: z.enum(['partial', 'exact']).default('partial'),
  schema: z.union([z.record(z.string(), z.unknown()), z.boolean(), template]).optional(),
})

const named = z.union([
  z
    .string()
    .min(1)
    .transform((tool) => ({ tool, match: 'partial' as const })),
  call,
])
const calls = z.union(
  [z.array(named).max(200), template],
  'expected a list of at most 200: names of tools, or `tool` with `args` (an object), `match`, `schema`',
)

const loops = z.strictObject({
  repeats: z.int().min(2).default(3),
  cycle: z.int().min(0).max(50).default(4),
  times: z.int().min(2).default(3),
})

/** A case's value may be a number. */
const text = z.union([z.string().min(1), z.number().transform(String)])
const texts = z.union([text, z.array(text).min(1)], 'expected a text, or a list of texts')

const schema = z.strictObject({
  expected: calls.optional(),
  order: z.enum(['exact', 'in-order', 'any', 'subset']).default('in-order'),
  forbidden: calls.optional(),
  maxSteps: z.union([z.int().min(0), template]).optional(),
  loops: z
    .union(
      [z.boolean().transform((on) => (on ? loops.parse({}) : undefined)), loops],
      'expected true, false or an object of `repeats`, `cycle`, `times`',
    )
    .optional(),
  recovery: z.boolean().default(true),
  final: z.strictObject({ contains: texts }).optional(),
  from: z.string().min(1).optional(),
})

/** These may be one template, whose value is no text. */
const FROM_CASE: ReadonlySet<string> = new Set(['expected', 'forbidden', 'maxSteps'])

type Written = z.infer<typeof schema>

/** A call that is asked for, or forbidden. */
export type CallRule = z.infer<typeof call>

/** What the check holds a trajectory to. */
export interface Rules {
  readonly expected?: readonly CallRule[] | undefined
  readonly order: Written['order']
  readonly forbidden: readonly CallRule[]
  readonly maxSteps?: number | undefined
  /** Undefined where loops are let be. */
  readonly loops?: z.infer<typeof loops> | undefined
  /** Whether a tool's error has to be followed by something that worked. */
  readonly recovery: boolean
  /** Texts that the final answer has to hold. */
  readonly final: readonly string[]
  /** Path to the trajectory in the provider's response. */
  readonly from?: string | undefined
}

/** @throws ConfigError for the first mistake; texts that are templates stand for values to come */
export function readConfig(config: Readonly<Record<string, unknown>>): Written {
  return readStrictly(schema, config, 'tools')
}

/**
 * The rules of a case, whose templates are filled in.
 * @throws ConfigError for a mistake, and for a template that is left
 */
export function readRules(config: Readonly<Record<string, unknown>>): Rules {
  const read = readConfig(
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [key, FROM_CASE.has(key) ? fromText(value) : value]),
    ),
  )
  const { expected, forbidden, maxSteps, final, order, recovery, from } = read
  return {
    expected: filledIn(expected, 'expected'),
    order,
    forbidden: filledIn(forbidden, 'forbidden') ?? [],
    maxSteps: filledIn(maxSteps, 'maxSteps'),
    loops: read.loops ?? (config['loops'] === undefined ? loops.parse({}) : undefined),
    recovery,
    final: final === undefined ? [] : [final.contains].flat(),
    from,
  }
}

/** A CSV's cases have texts alone: one in the place of a list or a number is its JSON. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const read = readJson(value)
  return 'value' in read ? read.value : value
}

function filledIn<T>(value: T | string | undefined, name: string): T | undefined {
  if (typeof value === 'string') throw new TypeError(`tools: config.${name}: the case has a text here`)
  return value
}
