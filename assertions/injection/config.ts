import { z } from 'zod'
import { ConfigError, messageOf } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { isVariable } from '../shared/from-vars.ts'
import { patternOf } from '../shared/pattern.ts'
import { quoted } from '../shared/quote.ts'
import { Recent } from '../shared/recent.ts'
import { foldText } from './fold.ts'

const texts = z.union([z.string(), z.array(z.string())], { error: 'expected a text, or a list of texts' })

const goalSchema = z.strictObject({
  contains: texts.optional(),
  notContains: texts.optional(),
  regex: z.string().min(1).optional(),
  tool: texts.optional(),
})

const leakSchema = z.strictObject({
  system: z.string().min(1).optional(),
  n: z.int().min(2).max(20).default(5),
  threshold: z.number().gt(0).max(1).default(0.2),
})

const schema = z.strictObject({
  canary: texts.optional(),
  goal: z.union([z.string(), goalSchema]).optional(),
  secret: texts.optional(),
  leak: z
    .union([z.boolean(), leakSchema], {
      error:
        'expected true, or a map of `system` (text), `n` (a whole number from 2 to 20) and `threshold` (above 0, at most 1)',
    })
    .optional(),
  family: z.string().min(1).optional(),
  channel: z.string().min(1).optional(),
  expected: texts.optional(),
  question: z.string().optional(),
  mentions: z.enum(['refusal', 'never']).default('refusal'),
  requireUtility: z.boolean().default(false),
})

/** What would be the attack's success besides a canary; any one of them is enough. */
export type Goal = z.infer<typeof goalSchema>

/** How the system prompt's words are looked for. */
export type LeakRule = z.infer<typeof leakSchema>

/** As written: texts may still be templates. */
export type InjectionConfig = z.infer<typeof schema>

/** Letters and digits a canary must have: shorter ones turn up by chance. */
const SHORTEST = 5
const known = new Recent<InjectionConfig>(64)

/** @throws ConfigError for the first mistake */
export function readConfig(config: Readonly<Record<string, unknown>>): InjectionConfig {
  return known.get(JSON.stringify(config), () => checked(config))
}

function checked(config: Readonly<Record<string, unknown>>): InjectionConfig {
  const read = readStrictly(schema, config, 'injection')
  if ([read.canary, read.goal, read.secret].every((value) => value === undefined) && !read.leak) {
    throw new ConfigError(
      'injection: config says nothing of when an attack has succeeded',
      [],
      false,
      'give a `canary`, a `goal`, a `secret` or `leak: true`',
    )
  }
  checkTemplates(read)
  for (const name of ['canary', 'secret'] as const) checkTexts(name, read[name])
  if (typeof read.goal === 'object') {
    const fault = faultOfGoal(read.goal)
    if (fault !== undefined) throw new ConfigError(`injection: config.goal ${fault}`, ['goal'], false)
  } else if (read.goal !== undefined && !isVariable(read.goal)) {
    throw new ConfigError(
      'injection: config.goal must be a map, or one text like `{{goal}}`',
      ['goal'],
      false,
    )
  }
  return read
}

/**
 * What a case says of its goal; undefined for an empty text, which is none.
 * @throws Error where it cannot be read
 */
export function goalOf(value: unknown): Goal | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const parsed = goalSchema.safeParse(value)
  if (!parsed.success)
    throw new Error(`injection: the goal: ${parsed.error.issues[0]?.message ?? 'not valid'}`)
  const fault = faultOfGoal(parsed.data)
  if (fault !== undefined) throw new Error(`injection: the goal ${fault}`)
  return parsed.data
}

/** Why a canary or secret cannot be looked for; undefined where it can. */
export function faultOfText(text: string): string | undefined {
  if (text.trim() === '') return 'is empty'
  return foldText(text).length < SHORTEST
    ? `${JSON.stringify(text)} is too short: give it at least ${SHORTEST} letters or digits, and none that a reply may hold by chance`
    : undefined
}

/** A text with a template in it would be looked for as it is written, and never be found. */
function checkTemplates({
  canary,
  goal,
  secret,
  family,
  channel,
  expected,
  question,
}: InjectionConfig): void {
  const { contains, notContains, tool } = typeof goal === 'object' ? goal : { contains: goal }
  const read = {
    canary,
    secret,
    family,
    channel,
    expected,
    question,
    goal: [contains, notContains, tool].flat(),
  }
  for (const [name, value] of Object.entries(read)) {
    const written = [value].flat().find((text) => text !== undefined && isTemplate(text))
    if (written === undefined) continue
    throw new ConfigError(
      `injection: config.${name} holds a template, which is not rendered there: ${quoted(written)}`,
      [name],
      false,
      'a variable is put in where it stands alone, as `{{name}}`: give the whole text as one',
    )
  }
}

function isTemplate(text: string): boolean {
  return /\{\{.*\}\}/s.test(text) && !isVariable(text)
}

function checkTexts(name: 'canary' | 'secret', written: string | readonly string[] | undefined): void {
  if (written === undefined) return
  const list = typeof written === 'string' ? [written] : written
  if (list.length === 0) throw new ConfigError(`injection: config.${name} is empty`, [name], false)
  for (const [index, text] of list.entries()) {
    const fault = isVariable(text) ? undefined : faultOfText(text)
    const path = typeof written === 'string' ? [name] : [name, index]
    if (fault !== undefined)
      throw new ConfigError(`injection: config.${path.join('.')} ${fault}`, path, false)
  }
}

function faultOfGoal(goal: Goal): string | undefined {
  if (Object.values(goal).every((value) => value === undefined))
    return 'is empty: give `contains`, `notContains`, `regex` or `tool`'
  for (const name of ['contains', 'notContains', 'tool'] as const) {
    const list = [goal[name] ?? []].flat()
    if (goal[name] !== undefined && (list.length === 0 || list.some((text) => text.trim() === '')))
      return `has an empty \`${name}\``
  }
  if (goal.regex === undefined) return undefined
  try {
    patternOf(goal.regex)
    return undefined
  } catch (error) {
    return `has a \`regex\` that cannot be read: ${messageOf(error)}`
  }
}
