import type { Plan } from '../model/plan.ts'
import type { ColumnForecast } from './forecast-column.ts'
import type { GraderForecast } from './forecast-graders.ts'
import { known, total } from './forecast-sums.ts'
import { countAll, partOfTokens } from './forecast-tokens.ts'
import type { Work } from './forecast-time.ts'

/** Where a grader that code brings along counts: only the loaded one tells whose it is. */
export const UNKNOWN_ACCOUNT = 'graders'

interface Expected {
  /** In the plan's order. */
  readonly columns: readonly ColumnForecast[]
  readonly graders: GraderForecast | undefined
  /** Verdicts graders are to give, by their account. */
  readonly gradings: ReadonlyMap<string, number>
}

/** What a work is made of. */
type Taken = Pick<GraderForecast, 'calls' | 'tokens' | 'busySeconds'>

/** What each account is to do. Grading is shared out by the verdicts, and counts beside the models of its account. */
export function worksOf(plan: Plan, { columns, graders, gradings }: Expected): Work[] {
  const verdicts = totalOf(gradings)
  return [...new Set([...plan.accounts, ...gradings.keys()])].map((account) => {
    const own: Taken[] = columns.filter((_, index) => plan.columns[index]?.provider.account === account)
    const graded = gradings.get(account)
    if (graders !== undefined && graded !== undefined) own.push(partOf(graders, graded / verdicts))
    return workOf(account, own)
  })
}

export function totalOf(counts: ReadonlyMap<string, number>): number {
  return total([...counts.values()], (count) => count)
}

function partOf({ calls, tokens, busySeconds }: Taken, part: number): Taken {
  return {
    calls: calls * part,
    tokens: partOfTokens(tokens, part),
    busySeconds: busySeconds === 'unknown' ? busySeconds : busySeconds * part,
  }
}

function workOf(account: string, takers: readonly Taken[]): Work {
  return {
    account,
    calls: total(takers, ({ calls }) => calls),
    tokens: total(takers, ({ tokens }) => countAll(tokens)),
    busySeconds: known(takers.map(({ busySeconds }) => busySeconds)),
  }
}
