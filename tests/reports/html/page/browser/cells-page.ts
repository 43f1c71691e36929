import type { Page } from 'playwright-core'

/** Types a filter, and waits until the table says how many cells it holds. */
export async function filter(page: Page, text: string, count: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Filter the cells' }).fill(text)
  await counts(page, count)
}

/** Waits until the table says so. */
export async function counts(page: Page, count: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('.count')?.textContent?.trim().startsWith(wanted),
    count,
  )
}

/** The rows in the document, each as the texts of its columns by their heads. */
export function rowsShown(page: Page): Promise<Record<string, string>[]> {
  return page.evaluate(() => {
    const heads = [...document.querySelectorAll('.grid [role="columnheader"]')].map(
      (head) => (head as HTMLElement).innerText.split('\n')[0] ?? '',
    )
    return [...document.querySelectorAll('.grid-body [role="row"]')].map((row) =>
      Object.fromEntries(
        [...row.querySelectorAll('[role="gridcell"]')].map((cell, i) => [
          heads[i] ?? '',
          (cell as HTMLElement).innerText,
        ]),
      ),
    )
  })
}

/** Waits until the address has this hash. */
export async function hashIs(page: Page, hash: string): Promise<void> {
  await page.waitForFunction((wanted) => location.hash === wanted, hash)
}

/** Where the keyboard is, in words: the role and name of the element that has the focus. */
export function focusIs(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) return 'nowhere'
    const role = activeElement.getAttribute('role') ?? activeElement.localName
    const name = activeElement.getAttribute('aria-label') ?? activeElement.textContent
    return `${role} ${name?.trim()}`
  })
}
