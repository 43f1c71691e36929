import type { QuarantinedCase } from '../model/comparison.ts'
import type { AssaySettings } from '../model/suite.ts'

/** Days before the end of a quarantine from which it warns. */
const NOTICE_DAYS = 7
const DAY_MS = 86_400_000

export interface Quarantine {
  /** Cases that are out of the gate today. */
  readonly ids: ReadonlySet<string>
  /** All that the suite lists, in its order. */
  readonly list: readonly QuarantinedCase[]
  /** One sentence each. */
  readonly warnings: readonly string[]
}

/**
 * What `assay.quarantine` comes to on a day (UTC): a case is out of the gate up to and including its `until`, and gates again
 * after it. It never lapses in silence.
 * @param caseIds all cases of the suite, where they are known: one that is not among them is told of
 */
export function quarantineOf(
  { quarantine = [] }: Pick<AssaySettings, 'quarantine'>,
  today: Date,
  caseIds?: ReadonlySet<string>,
): Quarantine {
  const list = quarantine.map(({ case: caseId, until, reason }) => ({
    caseId,
    until: until.slice(0, 10),
    reason,
    state: caseIds?.has(caseId) === false ? ('unknown_case' as const) : stateOf(daysLeft(until, today)),
  }))
  const isOut = ({ state }: QuarantinedCase): boolean => state === 'active' || state === 'expires_soon'
  return {
    ids: new Set(list.filter(isOut).map(({ caseId }) => caseId)),
    list,
    warnings: list.flatMap((one) => warningOf(one, daysLeft(one.until, today)) ?? []),
  }
}

/** Whole days from today to the last day of the quarantine: 0 on that day. */
function daysLeft(until: string, today: Date): number {
  return (Date.parse(until.slice(0, 10)) - Date.parse(today.toISOString().slice(0, 10))) / DAY_MS
}

function stateOf(days: number): QuarantinedCase['state'] {
  if (days < 0) return 'expired'
  return days <= NOTICE_DAYS ? 'expires_soon' : 'active'
}

function warningOf(
  { caseId, until, reason, state }: QuarantinedCase & { readonly until: string },
  days: number,
): string | undefined {
  const who = `the quarantine of case ${caseId} (${reason})`
  if (state === 'active') return undefined
  if (state === 'unknown_case')
    return `\`assay.quarantine\` lists case ${caseId}, which the suite does not have`
  if (state === 'expires_soon') return `${who} ends ${inDays(days)}, on ${until}: then it gates again`
  return `${who} ended on ${until}: it gates again; remove it from \`assay.quarantine\`, or give it a new date`
}

function inDays(days: number): string {
  if (days === 0) return 'today'
  return days === 1 ? 'tomorrow' : `in ${days} days`
}
