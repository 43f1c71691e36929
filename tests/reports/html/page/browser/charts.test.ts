import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { entryOf } from '../../../../../harness/history/entry.ts'
import { levelShifts, lookedAt } from '../../../../../harness/history/level-shifts.ts'
import { columnName } from '../../../../../harness/model/column-name.ts'
import type { RunComparison } from '../../../../../harness/model/comparison.ts'
import type { History } from '../../../../../harness/model/history.ts'
import type { ReportInput } from '../../../../../harness/model/report.ts'
import { useChromium } from './chromium.ts'
import { realInput } from './real-run.ts'
import { blockedSupport, GATE, supportRun, tagsOf } from './support.ts'

const chromium = useChromium()
let input: ReportInput
let comparison: RunComparison
let address: string
beforeAll(async () => {
  input = { ...(await blockedSupport()), history: await twelveRuns() }
  if (input.analysis.comparison === undefined) throw new Error('the run is not compared')
  comparison = input.analysis.comparison
  address = await chromium.write(input)
})

/** Six runs as they were, and six as the one that is shown. */
async function twelveRuns(): Promise<History> {
  const [before, since] = await Promise.all(
    (['none', 'many'] as const).map((fallen) => realInput({ ...supportRun(fallen), settings: GATE })),
  )
  const runs = Array.from({ length: 12 }, (_, i) => {
    const { run, analysis, verdict } = (i < 6 ? before : since) as ReportInput
    const at = `2026-11-${String(12 + i).padStart(2, '0')}T10:00:00.000Z`
    const manifest = { ...run.manifest, id: i === 11 ? 'run-2' : `run-of-${12 + i}`, startedAt: at }
    return entryOf(manifest.id, { manifest, analysis, verdict })
  })
  return { suite: 'support', runs, shifts: levelShifts(runs), looked: lookedAt(runs), unread: [] }
}

interface Chart {
  readonly title: string
  /** Rows of the table behind it, by their heads. */
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** What stands in the picture. */
  readonly labels: readonly string[]
}

async function chart(page: Page, id: string): Promise<Chart> {
  const figure = page.locator(`figure#${id}`)
  await figure.getByText('Figures of this chart').click()
  await figure.locator('table').waitFor()
  return figure.evaluate((element) => {
    const texts = (selector: string) =>
      [...element.querySelectorAll(selector)].map((one) => one.textContent?.trim() ?? '')
    const heads = texts('table thead th')
    const rows = [...element.querySelectorAll('table tbody tr')].map((row) =>
      Object.fromEntries([...row.children].map((cell, i) => [heads[i] ?? '', cell.textContent ?? ''])),
    )
    return { title: texts('h3')[0] ?? '', rows, labels: texts('svg text') }
  })
}

/** `−20.0` is -0.2, `90.0%` is 0.9, `$2.10` is 2.1, `1.15 s` is 1150. */
function valueOf(shown: string | undefined): number {
  const [, minus, digits = '', unit] = /^(−)?\+?\$?([\d.,]+) ?(%|ms|s)?$/.exec(shown ?? '') ?? []
  const value = Number(digits.replaceAll(',', '')) * (minus === undefined ? 1 : -1)
  return unit === '%' ? value / 100 : unit === 's' ? value * 1000 : value
}

/** A figure of the analysis, as it may be rounded: half of its last digit. */
const near = (value: number | null | undefined, shown: string | undefined, half: number) =>
  Math.abs(valueOf(shown) - (value ?? Number.NaN)) <= half * 1.001 ? shown : `${shown} for ${value}`

describe('the charts of a real comparison', () => {
  it('begin with a title each that is a finding, and hold their figures in a table', async () => {
    const page = await chromium.open(address)
    const titles = await page.locator('figure.chart h3').allInnerTexts()
    expect(titles).toStrictEqual([
      'few-shot × sonnet: pass fell by 20 points (−27.6 to −11.6), from 90.0% to 70.0%, over 100 cases × 2.',
      'zero-shot × sonnet passes most: 90.0% at $2.10 per 1,000 calls; few-shot × flash passes 89.8% at $0.441 (4.8× less).',
      'few-shot × sonnet: p95 is 1.15 s, within the limit of 2.00 s.',
      'Weakest slice: tag: routine in few-shot × sonnet, 68.8% of 160 scored cells.',
    ])
    expect(await page.locator('figure.chart > details > summary').count()).toBe(4)
  })

  it('draw every difference of the comparison, with its interval', async () => {
    const page = await chromium.open(address)
    const { rows, labels } = await chart(page, 'forest')
    expect(rows).toHaveLength(comparison.metrics.length + comparison.slices.length)
    for (const { metric, column, delta, interval, cases, gates } of comparison.metrics) {
      const row = rows.find(
        (one) => one['metric or slice'] === metric && one['column'] === columnName(column),
      )
      const [lo, hi] = row?.['95% interval']?.split(' to ') ?? []
      const points = (value: number, shown: string | undefined) => near(value * 100, shown, 0.05)
      expect([
        row?.['cases'],
        points(delta, row?.['points']),
        points(interval[0], lo),
        points(interval[1], hi),
        row?.['says'] === 'informs',
      ]).toStrictEqual([String(cases), row?.['points'], lo, hi, !gates])
    }
    expect(labels).toContain('points, run − baseline')
    const gated = page.locator('#forest .chart-row.gating line.interval')
    const zero = page.locator('#forest .chart-row.gating line.zero')
    const [interval, none] = await Promise.all([gated.boundingBox(), zero.boundingBox()])
    expect((interval?.x ?? 0) + (interval?.width ?? 0)).toBeLessThan(none?.x ?? 0)
  })

  it('draw quality, cost and latency of each column, and where it was before', async () => {
    const page = await chromium.open(address)
    const { rows, labels } = await chart(page, 'tradeoff')
    for (const [i, column] of input.analysis.columns.entries()) {
      const row = rows[i]
      const before = comparison.metrics.find(
        (one) => one.metric === 'pass' && columnName(one.column) === columnName(column),
      )
      expect(row?.['column']).toBe(`${i + 1} ${columnName(column)}`)
      const shown = [
        row?.['pass rate'],
        row?.['cost per 1,000'],
        row?.['latency p50'],
        row?.['pass rate before'],
      ]
      expect([
        near(column.passRate, shown[0], 0.0005),
        near(column.costPer1000Usd as number, shown[1], 0.005),
        near(column.latencyMs.p50, shown[2], 0.5),
        near(before?.base.mean, shown[3], 0.0005),
      ]).toStrictEqual(shown)
    }
    expect(labels.join('; ')).toContain('USD per 1,000 calls; pass rate upwards')
    expect(labels.join('; ')).toContain('latency, median; pass rate upwards')
    expect(labels.filter((text) => /^\$[\d.]+$/.test(text)).length).toBeGreaterThan(1)
    expect(labels.filter((text) => /^[\d.]+%$/.test(text)).length).toBeGreaterThan(1)
  })

  it('draw the latencies with the gate’s limit, on an axis in ms and s', async () => {
    const page = await chromium.open(address)
    const { rows, labels } = await chart(page, 'latency')
    for (const [i, column] of input.analysis.columns.entries()) {
      const { replies, p50, p95 } = rows[i] as Record<'replies' | 'p50' | 'p95', string>
      expect([
        replies,
        near(column.latencyMs.p50, p50, 0.5),
        near(column.latencyMs.p95, p95, 5),
      ]).toStrictEqual([String(column.latencyMs.n), p50, p95])
    }
    expect(labels).toContain('latency, log axis')
    expect(labels.filter((text) => /^[\d.]+ m?s$/.test(text)).length).toBeGreaterThan(1)
    expect(await page.locator('#latency line.margin').count()).toBe(3)
  })

  it('draw the pass rate of every slice, as the trials have it', async () => {
    const page = await chromium.open(address)
    const { rows, labels } = await chart(page, 'slices')
    const { trials } = supportRun('many')
    const counts = rows.map(({ slice, column, passed, scored }) => ({ slice, column, passed, scored }))
    for (const tag of ['critical', 'routine'])
      for (const column of input.analysis.columns) {
        const own = trials.filter(
          (trial) =>
            columnName(trial.cell) === columnName(column) &&
            tagsOf(trial).includes(tag) &&
            trial.outcome !== 'errored',
        )
        expect(counts).toContainEqual({
          slice: `tag: ${tag}`,
          column: columnName(column),
          passed: String(own.filter(({ outcome }) => outcome === 'passed').length),
          scored: String(own.length),
        })
      }
    for (const row of rows)
      expect(near(Number(row['passed']) / Number(row['scored']), row['pass rate'], 0.0005)).toBe(
        row['pass rate'],
      )
    expect(labels).toContain('pass rate')
  })

  it('draw the suite’s history, name the lasting shift in it, and list the runs behind it', async () => {
    const page = await chromium.open(address)
    const history = page.locator('#history')
    expect(await history.innerText()).toMatch(
      /few-shot × sonnet: pass rate fell from 90\.0% to 70\.0% with run run-of-18 \(6 runs before, 6 since; Pettitt p/,
    )
    expect(await history.getByRole('columnheader', { name: 'pass rate (% of scored cells)' }).count()).toBe(1)
    expect(await history.locator('svg.trend path').count()).toBeGreaterThan(3)
    await history.getByText('The runs behind it, latest first').click()
    const rows = await history.getByRole('region', { name: 'Runs' }).locator('tbody tr').allInnerTexts()
    expect(rows).toHaveLength(12)
    expect(rows[0]).toMatch(/run-2\s*this run.*\t496\t100\t4\t70\.0%/s)
    expect(rows[11]).toMatch(/run-of-12.*\t536\t60\t4\t90\.0%/s)
  })
})
