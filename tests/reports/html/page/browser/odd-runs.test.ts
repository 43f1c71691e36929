import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ReportInput } from '../../../../../harness/model/report.ts'
import type { Trial } from '../../../../../harness/model/trial.ts'
import { makeErrored } from '../../../../harness/analyze/make-trial.ts'
import { makeCell } from '../read/make-cells.ts'
import { counts, filter, rowsShown } from './cells-page.ts'
import { useChromium } from './chromium.ts'
import { part } from './detail-page.ts'
import { workings } from './inert.ts'
import { realInput } from './real-run.ts'
import { GATE, supportBaseline, supportRun } from './support.ts'

const chromium = useChromium()
const PHONE = { width: 390, height: 844 }

const FLASH = { prompt: 'zero-shot', provider: 'flash' }
const write = async (input: ReportInput | Promise<ReportInput>) => chromium.write(await input)

/** A trial of each case in each column. */
function everyCell(cases: number, prompts: number, models: number, parts: Partial<Trial> = {}): Trial[] {
  return Array.from({ length: cases * prompts * models }, (_, i) => {
    const [model, rest] = [i % models, Math.floor(i / models)]
    const cell = {
      caseId: `case-${Math.floor(rest / prompts)}`,
      prompt: `prompt-${rest % prompts}`,
      provider: `model-${model}`,
    }
    const isFailed = i % 7 === 3
    return makeCell({
      ...parts,
      cell,
      outcome: isFailed ? 'failed' : 'passed',
      score: isFailed ? 0 : 1,
      output: `reply ${i}`,
    })
  })
}

describe('a run', () => {
  it('without a finished cell says so, and what finishes it', async () => {
    const columns = [{ ...FLASH, hash: 'x' }]
    const input = realInput({ trials: [], planned: 12, manifest: { columns } })
    const page = await chromium.open(await write(input), { viewport: PHONE })
    expect(await page.locator('#verdict').innerText()).toContain('INCOMPLETE: no cell was finished')
    expect(await page.locator('#verdict .next').innerText()).toContain('assay resume runs/support/run-2')
    expect(await page.locator('#cells').innerText()).toContain('The run has no finished cell')
    expect(await workings(page)).toStrictEqual([])
  })

  it('of errors alone lists them, and tells why each has no reply', async () => {
    const trials = Array.from({ length: 8 }, (_, i) => {
      const { cell } = makeCell({ cell: { ...FLASH, caseId: `c${i}` } })
      return makeErrored(i % 2 ? 'connection refused' : '503 from <b>upstream</b>', cell)
    })
    const page = await chromium.open(await write(realInput({ trials })), { viewport: PHONE })
    expect(await page.locator('#verdict h2').textContent()).toContain('INVALID')
    await counts(page, '8 cells')
    await filter(page, 'upstream', '4 of 8 cells')
    await page.locator('.grid-body [role="gridcell"]').first().click()
    const why = await part(page, 'Why it has no verdict')
    expect(await why.innerText()).toContain('503 from <b>upstream</b>')
    expect(await (await part(page, 'Output')).innerText()).toContain('There is no reply: the call broke.')
    expect(await workings(page)).toStrictEqual([])
  })

  it('of one cell is read as any other', async () => {
    const trials = [makeCell({ cell: FLASH, output: 'the only reply' })]
    const page = await chromium.open(await write(realInput({ trials })))
    await counts(page, '1 cell')
    for (const key of ['j', 'j', 'k', ']', '[', 'Enter']) await page.keyboard.press(key)
    expect(await (await part(page, 'Output')).innerText()).toContain('the only reply')
    for (const key of [']', '[', 'j', 'k']) await page.keyboard.press(key)
    expect(await page.locator('.detail').getByText('There is no other cell of this case').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await counts(page, '1 case, 1 cell')
    expect(await workings(page)).toStrictEqual([])
  })

  it('with 40 metrics has all of them to choose, to filter by and in its cells', async () => {
    const namedScores = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`metric-${i}`, i / 40]))
    const page = await chromium.open(await write(realInput({ trials: everyCell(10, 1, 1, { namedScores }) })))
    await filter(page, 'metric-39:>0.9', '10 cells')
    await filter(page, 'metric-39:<0.9', '0 of 10 cells')
    await filter(page, '', '10 cells')
    await page.getByText('Columns', { exact: false }).filter({ visible: true }).last().click()
    await page.getByLabel('metric-39', { exact: true }).check()
    await page.getByRole('grid').getByRole('columnheader', { name: 'metric-39', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.grid-body [role="gridcell"]').first().click()
    await part(page, 'Output')
    expect(await page.locator('.detail').getByText('… and 28 more metrics').count()).toBe(1)
    expect(await workings(page)).toStrictEqual([])
  })

  it('of 30 models has them side by side by case, on a phone too', async () => {
    const address = await write(realInput({ trials: everyCell(5, 1, 30), settings: GATE }))
    for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
      const page = await chromium.open(address, { at: '#group=case', viewport })
      await counts(page, '5 cases, 150 cells')
      expect(await page.getByRole('grid').getAttribute('aria-colcount')).toBe('31')
      await page.keyboard.press('j')
      for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await part(page, 'Output')
      expect(await page.locator('.detail').innerText()).toContain('prompt-0 × model-29')
      expect(await workings(page)).toStrictEqual([])
    }
  })

  it('of 200 prompts by 30 models opens, and draws what can be read of its 6,000 columns', async () => {
    const address = await write(realInput({ trials: everyCell(1, 200, 30) }))
    expect((await readFile(fileURLToPath(address))).length).toBeLessThan(4_000_000)
    const page = await chromium.open(address, { viewport: PHONE })
    await counts(page, '6,000 cells')
    await filter(page, 'model:model-29 status:failed', '29 of 6,000 cells')
    await page.keyboard.press('Enter')
    await page.keyboard.press('g')
    await counts(page, '1 case, 29 of 6,000 cells')
    expect(await page.locator('*').count()).toBeLessThan(20_000)
    await page.locator('.grid-body [role="gridcell"]').nth(1).click()
    await part(page, 'Output')
    expect(
      await page
        .locator('.detail')
        .getByText(/\d more columns/)
        .count(),
    ).toBe(1)
    expect(await workings(page)).toStrictEqual([])
  })

  it('that was interrupted has no verdict, and says how it goes on', async () => {
    const { trials, manifest } = supportRun()
    const input = realInput({
      trials: trials.slice(0, 250),
      planned: trials.length,
      manifest: { ...manifest, interrupted: true },
      before: supportBaseline(),
      settings: GATE,
    })
    const page = await chromium.open(await write(input))
    expect(await page.locator('#verdict h2').textContent()).toMatch(
      /INTERRUPTED: the figures are of 250 of 600 cells/,
    )
    expect(await page.locator('#verdict .next').innerText()).toContain('assay resume runs/support/run-2')
    await counts(page, '250 cells')
  })

  it('that is still going on says so', async () => {
    const { run, ...rest } = await realInput({ ...supportRun(), settings: GATE })
    const { endedAt: _, ...manifest } = run.manifest
    const page = await chromium.open(await write({ ...rest, run: { ...run, manifest } }))
    await page.getByText('The record has no end yet: the run is still going on').waitFor()
    await counts(page, '600 cells')
    expect((await rowsShown(page)).length).toBeGreaterThan(5)
  })
})
