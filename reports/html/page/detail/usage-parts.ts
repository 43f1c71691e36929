import type { AttemptRecord, Trial } from '../../../../harness/model/trial.ts'
import { addUsage, type Cost, type Usage } from '../../../../harness/model/usage.ts'
import { count, NOTHING } from '../../../format/figures.ts'
import { cost } from '../../../format/spending.ts'

/** What some of a cell's calls took together. */
export interface UsagePart {
  readonly label: string
  readonly calls: number
  /** Absent where no call told or left a count. */
  readonly usage: Usage | undefined
  readonly costUsd: Cost
  /** USD that is known where not all of it is. */
  readonly atLeastUsd?: number
}

/** First tries and feedback apart, then all calls; one part where no feedback was given. */
export function usageParts({
  attempts,
  usage,
  costUsd,
}: Pick<Trial, 'attempts' | 'usage' | 'costUsd'>): UsagePart[] {
  const first = attempts.filter(({ attempt = 0 }) => attempt === 0)
  const later = attempts.filter(({ attempt = 0 }) => attempt > 0)
  const all: UsagePart = { ...partOf('in all', attempts), usage, costUsd }
  return later.length === 0 ? [all] : [partOf('first try', first), partOf('after feedback', later), all]
}

/** `~$0.0012`, `at least $0.001`, `unknown` */
export function costText({ usage, costUsd, atLeastUsd }: UsagePart): string {
  const tokens = usage && { input: usage.input, output: usage.output, estimated: usage.estimated === true }
  const isKnown = atLeastUsd !== undefined && atLeastUsd > 0
  return cost({ costUsd, ...(isKnown && { atLeastUsd }), tokens })
}

/** Tokens of a class: none told is a dash, none of it 0. */
export function tokenText(
  usage: Usage | undefined,
  of: 'input' | 'cacheRead' | 'cacheWrite' | 'output',
): string {
  if (usage === undefined) return NOTHING
  return `${usage.estimated === true ? '~' : ''}${count(usage[of] ?? 0)}`
}

function partOf(label: string, attempts: readonly AttemptRecord[]): UsagePart {
  const usages = attempts.flatMap(({ usage }) => (usage === undefined ? [] : [usage]))
  const known = attempts.flatMap(({ costUsd }) => (costUsd === 'unknown' ? [] : [costUsd]))
  const sum = known.reduce((total, usd) => total + usd, 0)
  return {
    label,
    calls: attempts.length,
    usage: usages.length === 0 ? undefined : usages.reduce(addUsage),
    costUsd: known.length === attempts.length ? sum : 'unknown',
    atLeastUsd: sum,
  }
}
