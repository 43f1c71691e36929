import type { Trial } from '../../../../../harness/model/trial.ts'
import { inputTokens } from '../../../../../harness/model/usage.ts'
import { CHANGES, FLAGS, OUTCOMES, type ReviewAbout } from '../../../../../reports/html/data/about.ts'
import type { Arm } from '../../../../../reports/html/page/model/arm.ts'
import type { ReportData } from '../../../../../reports/html/page/model/report-data.ts'

/** What a page's data is made of: small enough to stand in a page as JSON. */
export interface FakeParts {
  readonly trials: readonly Trial[]
  readonly base?: readonly Trial[]
  readonly reviews?: readonly ReviewAbout[]
  /** Flags of rows of the run besides those that trials tell. */
  readonly flags?: Readonly<Record<number, number>>
  /** Columns of the run that are compared with another one. */
  readonly against?: readonly number[]
}

/** The page's data as its reader gives it, of trials in memory. */
export function fakeReport({ trials, base, reviews = [], flags = {}, against }: FakeParts): ReportData {
  const caseIds = [...new Set([...trials, ...(base ?? [])].map(({ cell }) => cell.caseId))]
  const metrics = [...new Set(trials.flatMap(({ namedScores }) => Object.keys(namedScores)))]
  const main = armOf('main', trials, { caseIds, metrics, flags })
  const baseArm = base && armOf('base', base, { caseIds, metrics, flags: {} })
  if (baseArm !== undefined) setChanges(main, baseArm)
  const empty = { fields: [], texts: 0, starts: [] }
  return {
    about: {
      v: 1,
      run: {
        id: 'run-1',
        suite: 'sentiment',
        file: 'suites/sentiment/suite.yaml',
        dir: 'runs/sentiment/run-1',
        startedAt: '2026-11-23T10:00:00.000Z',
      },
      decision: 'block',
      metrics,
      cases: caseIds.length,
      main: { ...empty, rows: main.rows, columns: main.columns },
      ...(baseArm && {
        base: {
          ...empty,
          rows: baseArm.rows,
          columns: baseArm.columns,
          name: 'baseline',
          pairs: main.columns.map(({ prompt, provider }) =>
            baseArm.columns.findIndex((other) => other.prompt === prompt && other.provider === provider),
          ),
        },
      }),
      ...(against && { against }),
      reviews,
    },
    main,
    base: baseArm,
    cases: {
      size: caseIds.length,
      label(index) {
        const of = [...trials, ...(base ?? [])].find(({ cell }) => cell.caseId === caseIds[index]) as Trial
        const { caseId, description = '', source, metadata } = of.cell
        return {
          id: caseId.slice(0, 200),
          description: description.slice(0, 200),
          file: source.file,
          line: source.line,
          tags: (metadata?.tags ?? []) as string[],
        }
      },
    },
    texts: {
      read: async (arm, row) => {
        const trial = (arm === 'main' ? trials : (base ?? []))[row]
        if (trial === undefined) throw new Error('This block of texts is cut off.')
        return trial
      },
    },
    search: { find: async () => new Uint32Array(0), stop: () => {} },
  }
}

interface Numbering {
  readonly caseIds: readonly string[]
  readonly metrics: readonly string[]
  readonly flags: Readonly<Record<number, number>>
}

function armOf(kind: 'main' | 'base', trials: readonly Trial[], { caseIds, metrics, flags }: Numbering): Arm {
  const keys = [...new Set(trials.map(({ cell }) => `${cell.prompt}\0${cell.provider}`))]
  const f32 = (of: (trial: Trial) => number | null | undefined) =>
    Float32Array.from(trials, (trial) => of(trial) ?? Number.NaN)
  return {
    kind,
    rows: trials.length,
    columns: keys.map((key) => ({ prompt: key.split('\0')[0] ?? '', provider: key.split('\0')[1] ?? '' })),
    case: Uint32Array.from(trials, ({ cell }) => caseIds.indexOf(cell.caseId)),
    column: Uint16Array.from(trials, ({ cell }) => keys.indexOf(`${cell.prompt}\0${cell.provider}`)),
    repeat: Uint16Array.from(trials, ({ cell }) => cell.repeat),
    outcome: Uint8Array.from(trials, ({ outcome }) => OUTCOMES.indexOf(outcome)),
    score: f32(({ score }) => score),
    latencyMs: f32(({ latencyMs }) => latencyMs),
    ttftMs: f32(({ ttftMs }) => ttftMs),
    costUsd: f32(({ costUsd }) => (costUsd === 'unknown' ? undefined : costUsd)),
    attempts: Uint16Array.from(trials, ({ attempts }) => attempts.length),
    flags: Uint8Array.from(
      trials,
      ({ usage }, row) => (flags[row] ?? 0) | (usage?.estimated ? FLAGS.estimated : 0),
    ),
    change: new Uint8Array(trials.length),
    tokensIn: f32(({ usage }) => usage && inputTokens(usage)),
    tokensOut: f32(({ usage }) => usage?.output),
    metrics: metrics.map((name) => f32(({ namedScores }) => namedScores[name])),
    ids: Uint32Array.from(
      trials.flatMap(({ cell }) => [cell.id.slice(0, 8), cell.id.slice(8, 16)]),
      (digits) => Number.parseInt(digits, 16),
    ),
  }
}

/** By the rates of a case's repeats in a column, as the page's writer does. */
function setChanges(main: Arm, base: Arm): void {
  const rate = (arm: Arm, { row, of }: { row: number; of: Arm }) => {
    const name = of.columns[of.column[row] as number]
    const column = arm.columns.findIndex(
      (one) => one.prompt === name?.prompt && one.provider === name.provider,
    )
    const rows = Array.from(arm.case, (_, other) => other).filter(
      (other) => arm.case[other] === of.case[row] && arm.column[other] === column && arm.outcome[other] !== 2,
    )
    return rows.filter((other) => arm.outcome[other] === 0).length / rows.length
  }
  for (let row = 0; row < main.rows; row++) {
    const difference = rate(main, { row, of: main }) - rate(base, { row, of: main })
    if (Number.isNaN(difference)) continue
    main.change[row] = CHANGES.indexOf(difference < 0 ? 'regressed' : difference > 0 ? 'improved' : 'same')
  }
}
