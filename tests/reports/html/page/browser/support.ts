import type { ReportInput } from '../../../../../harness/model/report.ts'
import type { Manifest } from '../../../../../harness/model/run.ts'
import type { AssaySettings } from '../../../../../harness/model/suite.ts'
import type { Trial } from '../../../../../harness/model/trial.ts'
import { makeErrored } from '../../../../harness/analyze/make-trial.ts'
import { makeCell } from '../read/make-cells.ts'
import { realInput, type RunParts } from './real-run.ts'

/** Which cases fail, besides the tenth that always do: none, 3 of a hundred, or 20. */
type Fallen = 'none' | 'few' | 'many'

const COLUMNS = [
  { prompt: 'few-shot', provider: 'sonnet' },
  { prompt: 'few-shot', provider: 'flash' },
  { prompt: 'zero-shot', provider: 'sonnet' },
] as const
type Column = (typeof COLUMNS)[number]

const CASES = 100
const REPEATS = 2

/** The gate of the suite: the first column ships. */
export const GATE: AssaySettings = {
  gate: {
    ship: [{ prompt: 'few-shot', provider: 'sonnet' }],
    margin: 0.05,
    latency: { p95Ms: 2000, ratio: 1.2 },
    cost: { ratio: 1.1 },
  },
}

const EXAMPLES = 'Answer the customer in two sentences. Ticket 0 was answered: "Your parcel is on its way."'

/** A run of 600 cells: answers to customers who wait for a parcel, in three columns and two repeats. */
export function supportRun(fallen: Fallen = 'none', manifest: Partial<Manifest> = {}): RunParts {
  const manner = fallen === 'none' ? 'a friendly' : 'a very brief'
  return {
    trials: COLUMNS.flatMap((column) =>
      Array.from({ length: CASES * REPEATS }, (_, i) =>
        supportTrial(column, i >> 1, i % REPEATS, isFallen(column, i >> 1, fallen)),
      ),
    ),
    manifest: {
      prompts: [
        { key: 'few-shot', raw: `${EXAMPLES} Use ${manner} tone.`, file: 'prompts/few-shot.txt' },
        { key: 'zero-shot', raw: 'Answer the customer.', file: 'prompts/zero-shot.txt' },
      ],
      providers: [
        { key: 'sonnet', id: 'simulated:sonnet', account: 'simulated' },
        { key: 'flash', id: 'simulated:flash', account: 'simulated' },
      ],
      git: { commit: '89abcdef0123456789abcdef0123456789abcdef', dirty: false },
      ...manifest,
    },
  }
}

/** Only the cells that have an outcome. */
export function withoutErrors({ trials, ...run }: RunParts): RunParts {
  return { ...run, trials: trials.filter(({ outcome }) => outcome !== 'errored') }
}

/** The run that was accepted three days before. */
export function supportBaseline(): RunParts {
  return supportRun('none', {
    id: 'run-1',
    startedAt: '2026-11-20T10:00:00.000Z',
    endedAt: '2026-11-20T10:00:40.000Z',
    git: { commit: '0123456789abcdef0123456789abcdef01234567', dirty: false },
  })
}

/** The run against its baseline, which is on record, and the real verdict on it: BLOCK. */
export function blockedSupport(): Promise<ReportInput> {
  return realInput({ ...supportRun('many'), before: supportBaseline(), settings: GATE })
}

export function tagsOf({ cell }: Trial): readonly string[] {
  return (cell.metadata as { readonly tags: readonly string[] }).tags
}

/** What a hash calls a cell. */
export function cellName(trial: Trial): string {
  return trial.cell.id.slice(0, 16)
}

/** The cell of a ticket, by its column and repeat. */
export function ticket(
  { trials }: RunParts,
  number: number,
  column: `${string} × ${string}`,
  repeat = 0,
): Trial {
  const id = `ticket-${String(number).padStart(3, '0')}`
  const found = trials.find(
    ({ cell }) =>
      cell.caseId === id && cell.repeat === repeat && `${cell.prompt} × ${cell.provider}` === column,
  )
  if (found === undefined) throw new Error(`no ${id} in ${column}`)
  return found
}

/** Of the one column that ships, those that the change broke. */
function isFallen({ prompt, provider }: Column, ticket: number, fallen: Fallen): boolean {
  if (ticket % 10 === 7) return true
  if (fallen === 'none' || prompt !== 'few-shot' || provider !== 'sonnet') return false
  return ticket % (fallen === 'few' ? 33 : 4) === 1
}

function supportTrial(column: Column, ticket: number, repeat: number, failed: boolean): Trial {
  const cell = {
    ...column,
    caseId: `ticket-${String(ticket).padStart(3, '0')}`,
    description: `Ticket ${ticket}: where is the parcel`,
    repeat,
    vars: { ticket, customer: `Customer ${ticket % 13}` },
    metadata: { tags: ticket % 5 === 0 ? ['critical'] : ['routine'] },
    source: { file: 'suites/support/tickets.csv', line: ticket + 2 },
  }
  const isFlash = column.provider === 'flash'
  if (isFlash && repeat === 1 && ticket % 25 === 0) return errored(cell)
  const latencyMs = 300 + ((ticket * 73 + repeat * 17 + (isFlash ? 0 : 410)) % 900)
  const reason = failed ? 'Expected a day that is not a Sunday' : 'no Sunday is named'
  const usage = { input: 220 + ticket, output: 18, cacheRead: 40 }
  const timing = { queuedMs: 40, backoffMs: 0, latencyMs, ttftMs: 120, trusted: true }
  const costUsd = isFlash ? 0.0004 : 0.0021
  const last = { reply: {}, timing, usage, costUsd }
  const isSecond = isFlash && ticket % 10 === 3
  const first = { ...last, feedback: ['Expected two sentences, found one'] }
  return makeCell({
    cell,
    outcome: failed ? 'failed' : 'passed',
    score: failed ? 0 : 1,
    namedScores: { day: failed ? 0 : 1 },
    output: replyTo(ticket, failed, isFlash),
    request: { prompt: `${EXAMPLES}\n\nTicket ${ticket}: where is my parcel?` },
    checks: [{ type: 'javascript', metric: 'day', pass: !failed, score: failed ? 0 : 1, reason }],
    ...(failed && { reason }),
    latencyMs,
    ttftMs: 120,
    usage,
    costUsd: isSecond ? 2 * costUsd : costUsd,
    attempts: isSecond ? [first, { ...last, attempt: 1 }] : [last],
    ...(isSecond && {
      first: { outcome: 'failed', score: 0, namedScores: { day: 1 } },
      feedback: { attempts: 2, addedMs: latencyMs, addedUsd: costUsd, ended: 'passed' },
    }),
  })
}

function replyTo(ticket: number, failed: boolean, isFlash: boolean): string {
  const sentence = failed
    ? `Parcel ${ticket} may arrive on Sunday.`
    : `Parcel ${ticket} will arrive on Monday.`
  const aside = isFlash && ticket % 25 === 3 ? ' A zebra ate the label.' : ''
  return `${sentence} We are sorry for the delay.${aside}`
}

function errored(cell: Parameters<typeof makeErrored>[1] & object): Trial {
  const { cell: named } = makeCell({ cell })
  return makeErrored('503 from the model', named)
}
