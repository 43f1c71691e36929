import type { About } from '../../../../../reports/html/data/about.ts'
import type { Arm, RowText } from '../../../../../reports/html/page/model/arm.ts'
import type { FullTextSearch, ReportData } from '../../../../../reports/html/page/model/report-data.ts'

interface Parts {
  readonly cases?: number
  readonly columns?: readonly (readonly [prompt: string, provider: string])[]
  readonly repeats?: number
  readonly metrics?: readonly string[]
  readonly seed?: number
  readonly search?: FullTextSearch
}

/** A report of made-up cells: the same for the same seed. */
export function makeReport(parts: Parts = {}): ReportData {
  const { cases = 20, repeats = 2, metrics = ['accuracy', 'tone'] } = parts
  const columns = (
    parts.columns ?? [
      ['zero-shot', 'flash'],
      ['few-shot', 'flash'],
      ['zero-shot', 'flash-lite'],
    ]
  ).map(([prompt, provider]) => ({ prompt, provider }))
  const main = makeArm(cases, columns, repeats, metrics.length, randomOf(parts.seed ?? 1))
  const about: About = {
    v: 1,
    run: { id: 'r1', suite: 'support', dir: 'runs/support/r1', startedAt: '2026-01-05T10:00:00.000Z' },
    decision: 'block',
    metrics,
    cases,
    main: { rows: main.rows, columns, fields: [], texts: 1, starts: [0] },
    reviews: [{ row: 1, mark: 'judge_wrong', at: '2026-01-05T11:00:00.000Z' }],
  }
  return {
    about,
    main,
    base: undefined,
    cases: { size: cases, label: labelOf },
    texts: { read: (_, row) => Promise.resolve(textOf(main, row)) },
    search: parts.search ?? searchIn(main),
  }
}

export function labelOf(index: number) {
  return {
    id: `c-${index}`,
    description: index % 5 === 4 ? '' : `${index % 3 === 0 ? 'Refund' : 'Delivery'} question ${index}`,
    file: `suites/support/${index % 2 === 0 ? 'emails' : 'chats'}.csv`,
    line: index + 2,
    tags: index % 7 === 0 ? ['critical', 'money'] : index % 2 === 0 ? ['easy'] : [],
  }
}

function makeArm(
  cases: number,
  columns: Arm['columns'],
  repeats: number,
  metrics: number,
  random: () => number,
): Arm {
  const rows = cases * columns.length * repeats
  const some = (share: number, value: () => number) => (random() < share ? value() : Number.NaN)
  const floats = (value: () => number) => Float32Array.from({ length: rows }, value)
  const place = (row: number) => ({
    case: Math.floor(row / (columns.length * repeats)),
    column: Math.floor(row / repeats) % columns.length,
    repeat: row % repeats,
  })
  const outcome = Uint8Array.from({ length: rows }, () => (random() < 0.8 ? 0 : random() < 0.8 ? 1 : 2))
  return {
    kind: 'main',
    rows,
    columns,
    case: Uint32Array.from({ length: rows }, (_, row) => place(row).case),
    column: Uint16Array.from({ length: rows }, (_, row) => place(row).column),
    repeat: Uint16Array.from({ length: rows }, (_, row) => place(row).repeat),
    outcome,
    score: floats(() => some(0.95, () => Math.round(random() * 10) / 10)),
    latencyMs: floats(() => some(0.98, () => 200 + random() ** 4 * 5000)),
    ttftMs: floats(() => some(0.5, () => 50 + random() * 200)),
    costUsd: floats(() => some(0.9, () => random() * 0.02)),
    attempts: Uint16Array.from({ length: rows }, () => 1 + Math.floor(random() ** 3 * 4)),
    flags: Uint8Array.from({ length: rows }, () => (random() < 0.1 ? Math.floor(random() * 64) : 0)),
    change: Uint8Array.from({ length: rows }, () => (random() < 0.03 ? 1 : random() < 0.05 ? 2 : 3)),
    tokensIn: floats(() => some(0.9, () => Math.floor(random() * 3000))),
    tokensOut: floats(() => some(0.9, () => Math.floor(random() * 500))),
    metrics: Array.from({ length: metrics }, () =>
      floats(() => some(0.9, () => Math.round(random() * 100) / 100)),
    ),
    ids: Uint32Array.from({ length: rows * 2 }, () => Math.floor(random() * 2 ** 32)),
  }
}

function searchIn(main: Arm): FullTextSearch {
  return {
    find(words) {
      const found: number[] = []
      for (let row = 0; row < main.rows; row++) {
        const text = outputOf(row).toLowerCase()
        if (words.every((word) => text.includes(word.toLowerCase()))) found.push(row)
      }
      return Promise.resolve(Uint32Array.from(found))
    },
    stop() {},
  }
}

/** The same search, its answers in ten parts a few ms from each other. */
export function slowSearch(search: FullTextSearch): FullTextSearch {
  let newest = 0
  return {
    async find(words, onProgress) {
      const query = ++newest
      const isNewest = () => query === newest
      const all = await search.find(words, () => {})
      for (let part = 1; part <= 10 && isNewest(); part++) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        if (isNewest()) onProgress(all.subarray(0, Math.floor((all.length * part) / 10)), part, 10)
      }
      return isNewest() ? all : new Uint32Array(0)
    },
    stop: () => void newest++,
  }
}

export function outputOf(row: number): string {
  return row % 10 === 3 ? `I am sorry, "no" refunds, row ${row}` : `Thank you, row ${row}.`
}

function textOf(main: Arm, row: number): RowText {
  return {
    v: 1,
    kind: 'trial',
    cell: {
      id: 'a'.repeat(64),
      caseId: `c-${main.case[row]}`,
      prompt: main.columns[main.column[row] as number]?.prompt ?? '',
      provider: main.columns[main.column[row] as number]?.provider ?? '',
      repeat: main.repeat[row] as number,
      vars: { text: 'hello' },
      source: { file: 'emails.csv', line: 2 },
    },
    outcome: (['passed', 'failed', 'errored'] as const)[main.outcome[row] as number] ?? 'errored',
    score: 1,
    namedScores: {},
    output: outputOf(row),
    request: { prompt: `Answer row ${row}` },
    response: {},
    checks: [{ type: 'contains', pass: false, score: 0, reason: 'it does not say so' }],
    checksHash: 'h',
    latencyMs: 100,
    ttftMs: null,
    costUsd: 0.001,
    attempts: [
      { reply: {}, timing: { queuedMs: 0, backoffMs: 0, latencyMs: 100, trusted: true }, costUsd: 0.001 },
    ],
  }
}

/** Numbers from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
