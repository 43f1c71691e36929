import type { Alignment, Fits } from './align.ts'
import { anyOrder, inOrder } from './align.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import type { CallRule, Rules } from './config.ts'
import { isFit, misfit } from './fits.ts'
import type { Step } from './step.ts'
import { stepName } from './step.ts'

/** How the steps compare with the expected calls. `share` is `calls` × `args`. */
export interface Made {
  readonly isMet: boolean
  /** 0 to 1: of calls whose tool and arguments are right. */
  readonly share: number
  /** 0 to 1: the same by tool alone. */
  readonly calls: number
  /** 0 to 1: of the calls that are right by tool, those whose arguments are right too. Undefined where there are none. */
  readonly args: number | undefined
  readonly problems: readonly string[]
}

const SAME_TOOL = 1
const RIGHT = 2

export function compareCalls(
  rules: readonly CallRule[],
  order: Rules['order'],
  steps: readonly Step[],
): Made {
  const table = fitTable(rules, steps)
  const align = order === 'exact' || order === 'in-order' ? inOrder : anyOrder
  const fitsAtLeast =
    (least: number): Fits =>
    (i, j) =>
      (table[i * steps.length + j] ?? 0) >= least
  const byTool = align(rules.length, steps.length, fitsAtLeast(SAME_TOOL))
  const right = align(rules.length, steps.length, fitsAtLeast(RIGHT))
  const [calls, share] = [byTool, right].map(({ size }) => shareOf(size, rules.length, steps.length, order))
  const whole = order === 'subset' ? steps.length : rules.length
  return {
    isMet: right.size === whole && (order !== 'exact' || steps.length === whole),
    share: share ?? 0,
    calls: calls ?? 0,
    args: byTool.size === 0 ? undefined : right.size / byTool.size,
    problems: problemsOf({ rules, order, steps, byTool, right, isRight: fitsAtLeast(RIGHT) }),
  }
}

function shareOf(matched: number, expected: number, made: number, order: Rules['order']): number {
  // Exact: Dice's coefficient, so that a call too many counts as one too few does.
  const [part, whole] =
    order === 'exact' ? [2 * matched, expected + made] : [matched, order === 'subset' ? made : expected]
  return whole === 0 ? 1 : part / whole
}

/** By expected call and step: another tool, the same tool, or the right call. Steps that are alike are looked at once. */
function fitTable(rules: readonly CallRule[], steps: readonly Step[]): Uint8Array {
  const table = new Uint8Array(rules.length * steps.length)
  const keys = steps.map(({ args, fault }) => (fault === undefined ? canonicalJson(args) : 'unreadable'))
  for (const [i, rule] of rules.entries()) {
    const known = new Map<string, number>()
    for (const [j, step] of steps.entries()) {
      if (step.tool !== rule.tool) continue
      const key = keys[j] ?? ''
      let fit = known.get(key)
      if (fit === undefined) known.set(key, (fit = isFit(rule, step) ? RIGHT : SAME_TOOL))
      table[i * steps.length + j] = fit
    }
  }
  return table
}

interface Compared {
  readonly rules: readonly CallRule[]
  readonly order: Rules['order']
  readonly steps: readonly Step[]
  readonly byTool: Alignment
  readonly right: Alignment
  readonly isRight: Fits
}

function problemsOf({ rules, order, steps, byTool, right, isRight }: Compared): string[] {
  const told = new Set(right.values())
  const problems: string[] = []
  for (const [i, rule] of rules.entries()) {
    if (right.has(i) || order === 'subset') continue
    const name = `expected call ${i + 1} (${rule.tool})`
    const near = nearest(i, rule, { steps, byTool, told })
    const wrong = near === undefined ? undefined : misfit(rule, near.step)
    if (near === undefined || wrong === undefined) {
      const elsewhere = steps.findIndex((_, j) => isRight(i, j))
      problems.push(
        elsewhere === -1 || order === 'any'
          ? `${name} was not made`
          : `${name} was not made in its place: it is step ${elsewhere + 1}`,
      )
      continue
    }
    told.add(near.at)
    problems.push(`${stepName(near.step, near.at)} is not ${name}: ${wrong}`)
  }
  if (order === 'in-order' || order === 'any') return problems
  const why = order === 'exact' ? 'is one call too many' : 'is not among the calls allowed'
  const extra = steps.flatMap((step, j) => (told.has(j) ? [] : [`${stepName(step, j)} ${why}`]))
  return [...problems, ...extra]
}

/** The step that comes closest to an expected call: its partner by tool, else the first other step of that tool. */
function nearest(
  call: number,
  { tool }: CallRule,
  { steps, byTool, told }: Pick<Compared, 'steps' | 'byTool'> & { told: ReadonlySet<number> },
): { readonly step: Step; readonly at: number } | undefined {
  const partner = byTool.get(call)
  const at =
    partner !== undefined && !told.has(partner)
      ? partner
      : steps.findIndex((step, j) => step.tool === tool && !told.has(j))
  const step = steps[at]
  return step && { step, at }
}
