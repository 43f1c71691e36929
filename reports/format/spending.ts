import type { Analysis, ColumnAnalysis, Spend, TokenTotals } from '../../harness/model/analysis.ts'
import { count, counted, usd } from './figures.ts'

/** One part of what a run took. */
export interface SpendPart {
  readonly label: string
  readonly spend: Spend
}

interface Figure {
  readonly label: string
  readonly of: (spend: Spend) => string
}

/** What a table shows of each part, in order. */
export const SPEND_FIGURES: readonly Figure[] = [
  { label: 'calls', of: ({ calls }) => count(calls) },
  { label: 'tokens in', of: ({ tokens }) => tokenCount(tokens, tokens.input) },
  { label: 'from cache', of: ({ tokens }) => count(tokens.cacheRead ?? 0) },
  { label: 'into cache', of: ({ tokens }) => count(tokens.cacheWrite ?? 0) },
  { label: 'tokens out', of: ({ tokens }) => tokenCount(tokens, tokens.output) },
  { label: 'cost', of: cost },
]

/** The parts of a run's spend, and all together; none where no call was made. */
export function spendParts({ spending }: Analysis): readonly SpendPart[] {
  if (spending === undefined) return []
  const { total, firstTries, feedback, graders } = spending
  const parts = [
    [feedback === undefined ? 'models' : 'first tries', firstTries],
    ['feedback', feedback],
    ['graders', graders],
    ['in all', total],
  ] as const
  return parts.flatMap(([label, spend]) => (spend === undefined ? [] : [{ label, spend }]))
}

/** False where the sum that every report has says all there is: nothing but models was called, and no cache was in play. */
export function isWorthListing({ spending }: Analysis): boolean {
  if (spending === undefined) return false
  const { feedback, graders, total } = spending
  const { cacheRead, cacheWrite } = total.tokens
  return [feedback, graders, cacheRead, cacheWrite].some((part) => part !== undefined)
}

/** `$1.20`, `~$1.20` by estimated token counts, `at least $0.30` where only that much is known, `unknown`. */
export function cost({
  costUsd,
  atLeastUsd,
  tokens,
}: Pick<Spend, 'costUsd' | 'atLeastUsd'> & { readonly tokens: TokenTotals | undefined }): string {
  const about = tokens?.estimated === true ? '~' : ''
  if (costUsd !== 'unknown') return about + usd(costUsd)
  return atLeastUsd === undefined ? 'unknown' : `at least ${about}${usd(atLeastUsd)}`
}

/** What a column's calls cost, per 1,000. */
export function costPer1000({ costPer1000Usd, tokens }: ColumnAnalysis): string {
  return cost({ costUsd: costPer1000Usd, tokens })
}

/** `$1.20 spent`, in all. */
export function spent({ spentUsd, spending }: Pick<Analysis, 'spentUsd' | 'spending'>): string {
  const said = spending === undefined ? usd(spentUsd) : cost(spending.total)
  return said === 'unknown' ? 'spend unknown' : `${said} spent`
}

/** `40 calls · 12,000 tokens in, 8,000 from the cache, 400 out · $0.0300` */
export function inWords(spend: Spend): string {
  return [counted(spend.calls, 'call'), tokensInWords(spend.tokens, 'tokens '), cost(spend)].join(' · ')
}

/** `12,000 in, 8,000 from the cache, 900 into it, 400 out` */
export function tokensInWords(tokens: TokenTotals, unit = ''): string {
  const { input, output, cacheRead, cacheWrite, uncounted, estimated } = tokens
  if (isUnknown(tokens)) return `${unit}unknown`
  const about = estimated === true ? '~' : ''
  const atLeast = uncounted === undefined ? '' : 'at least '
  const cache = cacheRead === undefined ? 'the cache' : 'it'
  return [
    `${atLeast}${about}${count(input)} ${unit}in`,
    ...(cacheRead === undefined ? [] : [`${about}${count(cacheRead)} from the cache`]),
    ...(cacheWrite === undefined ? [] : [`${about}${count(cacheWrite)} into ${cache}`]),
    `${about}${count(output)} out`,
  ].join(', ')
}

/** What the reader must know to read costs. */
export function costNotes({ columns, spending }: Analysis): string[] {
  const estimated = [spending?.total, ...columns].some((one) => one?.tokens.estimated === true)
  const unpriced = columns.some(({ costPer1000Usd, cells }) => costPer1000Usd === 'unknown' && cells > 0)
  return [
    ...(unpriced ? ['Cost is unknown where no price is known.'] : []),
    ...(estimated ? ['~ cost by estimated token counts: no gate goes by it.'] : []),
  ]
}

function tokenCount(tokens: TokenTotals, n: number): string {
  if (isUnknown(tokens)) return 'unknown'
  return `${tokens.uncounted === undefined ? '' : '≥ '}${tokens.estimated === true ? '~' : ''}${count(n)}`
}

/** True where replies were given, and none of them told a count. */
function isUnknown({ input, output, cacheRead = 0, cacheWrite = 0, uncounted = 0 }: TokenTotals): boolean {
  return uncounted > 0 && input + output + cacheRead + cacheWrite === 0
}
