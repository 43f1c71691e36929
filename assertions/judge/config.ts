import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Instrument } from '../../harness/model/custom-check.ts'
import { ConfigError, messageOf } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'
import type { PanelRule } from './panel.ts'
import type { Rubric } from './rubric.ts'
import { readRubric } from './rubric.ts'
import type { Mode } from './template.ts'
import { checkTemplate, TEMPLATES } from './template.ts'

/** A judge's config, read. */
export interface JudgeSettings {
  readonly mode: Mode
  /** Models, as the suite writes a provider. */
  readonly members: readonly unknown[]
  readonly rule: PanelRule
  readonly rubric: Rubric
  /** Share of the scale that passes. */
  readonly threshold: number
  readonly template: string
  /** Texts, or `{{name}}` for a variable of the case. */
  readonly question?: string | undefined
  readonly reference?: string | undefined
  readonly against?: string | undefined
}

const MODEL = 'expected a provider’s id, or an object with an `id`'
const model = z.union([z.string().min(1), z.looseObject({ id: z.string().min(1) })], { error: MODEL })
const models = z.union([model, z.array(model).min(1, 'expected at least one model').max(15)], {
  error: `${MODEL}, or a list of 1 to 15 of them`,
})
const text = z.string().trim().min(1)

const schema = z.strictObject({
  judge: models,
  rubric: z.union([text, z.record(z.string(), z.unknown())], {
    error: 'expected a rubric, or a `file://` with one',
  }),
  mode: z.enum(['score', 'pairwise']).optional(),
  question: text.optional(),
  reference: text.optional(),
  against: text.optional(),
  panel: z.enum(['majority', 'mean', 'median']).default('majority'),
  threshold: z
    .union([z.number(), z.string()], { error: 'expected a level, or a share such as `60%`' })
    .optional(),
  template: text.optional(),
})

const read = new Map<string, JudgeSettings>()
const MOST_KEPT = 100

/**
 * Settings for a reply, read once: files that they name are looked at by `readFresh`.
 * @param dir what a `file://` starts from
 * @throws ConfigError for the first mistake
 */
export function readSettings(config: Readonly<Record<string, unknown>>, dir: string): JudgeSettings {
  return read.get(JSON.stringify([dir, config])) ?? readFresh(config, dir)
}

/** Settings as the files have them now: between two runs of one process they may change. @throws ConfigError for the first mistake */
export function readFresh(config: Readonly<Record<string, unknown>>, dir: string): JudgeSettings {
  const settings = readAnew(config, dir)
  if (read.size >= MOST_KEPT) read.clear()
  read.set(JSON.stringify([dir, config]), settings)
  return settings
}

function readAnew(config: Readonly<Record<string, unknown>>, dir: string): JudgeSettings {
  const { judge, panel, template: own, ...rest } = readStrictly(schema, config, 'judge')
  const { question, reference, against } = rest
  for (const [name, written] of Object.entries({ question, reference, against })) refuseMixed(name, written)
  const mode = rest.mode ?? (against === undefined ? 'score' : 'pairwise')
  if (mode === 'pairwise' && against === undefined)
    throw mistake('a comparison needs `against`: the reply to compare with', 'mode', "against: '{{other}}'")
  if (mode === 'score' && against !== undefined)
    throw mistake('only `mode: pairwise` compares with another reply', 'against')
  const rubric = readRubric(rest.rubric, dir, mode === 'score')
  const template = own === undefined ? TEMPLATES[mode] : readTemplate(own, dir)
  const given = Object.entries({ question, reference }).filter(([, written]) => written !== undefined)
  checkTemplate(
    template,
    mode,
    given.map(([name]) => name),
  )
  return {
    mode,
    members: Array.isArray(judge) ? judge : [judge],
    rule: panel,
    rubric,
    threshold: mode === 'score' ? levelShare(rest.threshold, rubric) : outcomeShare(rest.threshold),
    template,
    question,
    reference,
    against,
  }
}

/** What a calibration of this judge is bound to. */
export function instrumentOf({ members, mode, rubric, ...rest }: JudgeSettings): Instrument {
  const lowest = rubric.levels[0]?.level ?? 0
  const span = (rubric.levels.at(-1)?.level ?? 1) - lowest
  return {
    graders: members,
    // A comparison is made in both orders.
    calls: mode === 'pairwise' ? 2 : 1,
    identity: { check: 'judge', mode, rubric, ...rest },
    scale:
      mode === 'pairwise'
        ? ['loss', 'tie', 'win'].map((label, index) => ({ label, score: index / 2 }))
        : rubric.levels.map(({ level }) => ({ label: String(level), score: (level - lowest) / span })),
  }
}

/** Of promptfoo's templates only a whole variable works in a config: half of one would be shown to the judge as it stands. */
function refuseMixed(name: string, written: string | undefined): void {
  if (written === undefined || !written.includes('{{') || /^\{\{[^{}]+\}\}$/.test(written)) return
  throw mistake(
    `\`${name}\` must be a text without templates, or one whole variable`,
    name,
    `${name}: '{{${name}}}'`,
  )
}

function readTemplate(written: string, dir: string): string {
  if (!written.startsWith('file://')) return written
  const file = resolve(dir, written.slice('file://'.length))
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw mistake(`cannot read ${file}: ${messageOf(error)}`, 'template')
  }
}

function levelShare(threshold: number | string | undefined, { levels }: Rubric): number {
  if (threshold === undefined) return 0.5
  const [lowest, highest] = [levels[0]?.level ?? 0, levels.at(-1)?.level ?? 1]
  if (typeof threshold === 'string') return percentShare(threshold)
  if (threshold >= lowest && threshold <= highest) return (threshold - lowest) / (highest - lowest)
  throw mistake(
    `the threshold ${threshold} is no level from ${lowest} to ${highest}`,
    'threshold',
    'a share of the scale is written with its sign: `60%`',
  )
}

function percentShare(written: string): number {
  const percent = /^\s*(\d{1,3}(?:\.\d+)?)\s*%\s*$/.exec(written)?.[1]
  const share = Number(percent) / 100
  if (share >= 0 && share <= 1) return share
  throw mistake(`\`${written}\` is no share of the scale`, 'threshold', 'write it as `60%`, or name a level')
}

function outcomeShare(threshold: number | string | undefined): number {
  if (threshold === undefined || threshold === 'tie') return 0.5
  if (threshold === 'win') return 1
  throw mistake('the threshold of a comparison is `win` or `tie`', 'threshold', 'tie, the default: not lost')
}

function mistake(message: string, key: string, hint?: string): ConfigError {
  return new ConfigError(`judge: ${message}`, [key], false, hint)
}
