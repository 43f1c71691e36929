import type { Locator, Page } from 'playwright-core'

/** The part of an open cell under a heading, once its texts are read. */
export async function part(page: Page, heading: string): Promise<Locator> {
  await page.locator('.detail').getByRole('heading', { name: 'Raw record' }).waitFor()
  return page.locator('.detail section', { has: page.getByRole('heading', { name: heading, exact: true }) })
}

/** What a comparison marks, without the signs and words that say so to those who see no colour. */
export async function marked(of: Locator): Promise<{ del: string[]; ins: string[] }> {
  await of.locator('del, ins').first().waitFor({ state: 'attached' })
  const read = (tag: string) =>
    of.locator(tag).evaluateAll((all) =>
      all.map((one) => {
        const copy = one.cloneNode(true) as Element
        for (const aside of copy.querySelectorAll('.unseen, .sign')) aside.remove()
        return copy.textContent
      }),
    )
  return { del: await read('del'), ins: await read('ins') }
}
