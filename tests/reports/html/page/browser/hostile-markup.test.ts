import { expect, it } from 'vitest'
import { counts, filter } from './cells-page.ts'
import { part } from './detail-page.ts'
import { areInert } from './hostile-replies.ts'
import { LINES, LONG_NAME } from './hostile-run.ts'
import { workings } from './inert.ts'

const { chromium, run } = areInert(['html', 'svg', 'script end', 'comment', 'attribute', 'link'])

it('markup is found by its words as any text', async () => {
  const page = await chromium.open(run().address)
  await filter(page, '"<iframe src="', '1 of 6 cells')
  await filter(page, '"</script><script>globalThis"', '6 cells')
  expect(await workings(page)).toStrictEqual([])
})

it('a case named in 4,000 characters is cut where it is listed, and whole where it is asked for', async () => {
  const page = await chromium.open(run().address, {
    at: '#q=case:svg',
    viewport: { width: 390, height: 800 },
  })
  await counts(page, '1 of 6 cells')
  const row = page.locator('.grid-body [role="row"]').first()
  expect((await row.textContent())?.length).toBeLessThan(400)
  await row.click()
  const record = await part(page, 'Raw record')
  expect((await page.locator('#detail-title').textContent())?.length).toBeLessThan(400)
  await record.locator('summary').first().click()
  await record.getByRole('button', { name: /Copy/ }).first().click()
  await page.locator('.detail').getByText('Copied ✓').first().waitFor()
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as {
    cell: { description: string }
  }
  expect(copied.cell.description).toBe(run().trial('svg').cell.description)
  expect(copied.cell.description.slice(0, 100)).toBe(LONG_NAME.slice(0, 100))
  expect(await workings(page)).toStrictEqual([])
})

it('a description of several lines stays in its line, and its text is told', async () => {
  const page = await chromium.open(run().address)
  const row = page.locator('.grid-body [role="row"]').first()
  const { height } = (await row.boundingBox()) ?? { height: 0 }
  expect(height).toBeLessThan(40)
  expect(await page.locator('header').first().innerText()).toContain(LINES.split('\n')[0])
  expect(await workings(page)).toStrictEqual([])
})

it('labels of prompts and models that are markup stand as they are, in heads, rows and choices', async () => {
  const page = await chromium.open(run().address, { at: '#group=case' })
  const label = '<img src=x onerror="globalThis.__pwned=1"> label'
  const heads = page.getByRole('grid').getByRole('columnheader')
  expect((await heads.nth(1).innerText()).split('\n')).toStrictEqual([label, `${label} 2`])
  await page.keyboard.press('g')
  await counts(page, '6 cells')
  expect(await page.getByRole('columnheader', { name: label }).count()).toBeGreaterThan(0)
  await page.locator('.grid-body [role="gridcell"]').first().click()
  await part(page, 'Output')
  const choices = await page.getByLabel('Compare with').locator('option').allInnerTexts()
  expect(choices.every((choice) => choice.includes('<img src=x'))).toBe(true)
  expect(await workings(page)).toStrictEqual([])
})
