import type { CheckVerdict } from '../../harness/model/custom-check.ts'
import { quoted } from '../shared/quote.ts'
import { failed, passed } from '../shared/verdict.ts'
import type { CallRule, Rules } from './config.ts'
import type { Made } from './expected.ts'
import { compareCalls } from './expected.ts'
import { isFit } from './fits.ts'
import { loopIn } from './loops.ts'
import { errorsIn } from './recovery.ts'
import type { Step, Trajectory } from './step.ts'
import { stepName } from './step.ts'

/** What one rule besides the expected calls, broken, leaves of the score. */
const BROKEN_RULE = 0.5
const MOST_TOLD = 10

/** A longer way than this is not looked at: no task takes so many calls. */
const MOST_STEPS = 10_000

/**
 * Holds a trajectory to its rules. The score is the share of expected calls that is right, halved for each other rule that is broken; 0
 * where a forbidden call was made.
 */
export function judge({ steps, final }: Trajectory, rules: Rules): CheckVerdict {
  if (steps.length > MOST_STEPS)
    return failed(`it took ${steps.length} steps, more than the ${MOST_STEPS} that are looked at`, 0, {
      metadata: { evidence: evidence(steps.length) },
    })
  const made = rules.expected && compareCalls(rules.expected, rules.order, steps)
  const forbidden = steps.flatMap((step, index) =>
    rules.forbidden.some((rule) => isForbidden(rule, step)) ? [`${stepName(step, index)} is forbidden`] : [],
  )
  const loop = rules.loops && loopIn(steps, rules.loops)
  const { errors, unrecovered } = errorsIn(steps)
  const missing = rules.final.filter((text) => !flat(final).includes(flat(text)))
  const others = [
    stepLimit(steps.length, rules.maxSteps),
    loop === undefined ? [] : [loop],
    rules.recovery ? unrecovered.map((at) => notRecovered(steps[at], at)) : [],
    missing.map((text) => `the final answer does not hold ${quoted(text)}`),
  ]
  const problems = [...forbidden, ...(made?.problems ?? []), ...others.flat()]
  const score =
    forbidden.length > 0
      ? 0
      : (made?.share ?? 1) * BROKEN_RULE ** others.filter(({ length }) => length > 0).length
  const isDone = rules.final.length > 0 ? missing.length === 0 : (made?.isMet ?? problems.length === 0)
  const solved = forbidden.length === 0 && isDone
  const besides = {
    namedScores: namedScores(made),
    metadata: {
      evidence: {
        ...evidence(steps.length),
        solved,
        looped: loop !== undefined,
        toolErrors: errors.length,
        recovered: errors.length - unrecovered.length,
      },
    },
  }
  if (problems.length === 0) return passed(`${counted(steps.length)}, as it should be`, score, besides)
  const told = problems.slice(0, MOST_TOLD)
  const left = problems.length - told.length
  const none = steps.length === 0 && made?.isMet === false ? ['no tool was called'] : []
  const reason = [...none, ...told, ...(left > 0 ? [`and ${left} more`] : [])].join('; ')
  return failed(reason, score, besides)
}

/** A tool that is forbidden whatever its arguments is so with arguments that cannot be read too. */
function isForbidden(rule: CallRule, step: Step): boolean {
  const isWhole = rule.args === undefined && rule.schema === undefined
  return rule.tool === step.tool && (isWhole || isFit(rule, step))
}

function stepLimit(steps: number, most: number | undefined): string[] {
  return most === undefined || steps <= most ? [] : [`it took ${counted(steps)}, and ${most} are allowed`]
}

function notRecovered(step: Trajectory['steps'][number] | undefined, index: number): string {
  return `${step === undefined ? '' : stepName(step, index)} ended in an error, and nothing that worked came after it`
}

function namedScores(made: Made | undefined): Record<string, number> {
  if (made === undefined) return {}
  return { calls: made.calls, ...(made.args !== undefined && { args: made.args }) }
}

function evidence(steps: number) {
  return { kind: 'trajectory', steps, solved: false, looped: false, toolErrors: 0, recovered: 0 } as const
}

function counted(steps: number): string {
  return steps === 1 ? '1 step' : `${steps} steps`
}

/** Upper and lower case, and how the words are spaced, do not tell answers apart. */
function flat(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ')
}
