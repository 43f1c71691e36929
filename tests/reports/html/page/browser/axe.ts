import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What of axe-core is called here. */
interface Axe {
  run(
    within: string,
    options: object,
  ): Promise<{
    readonly violations: readonly {
      readonly id: string
      readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
    }[]
  }>
}

interface Looked {
  /** Selector of the part that is looked at. */
  readonly within?: string
  /** Ids of rules; all of them where there is none. */
  readonly rules?: readonly string[]
}

/** What axe-core finds wrong with a page as it stands: the rule, and where it is broken. The page is opened with `bypassCSP`. */
export async function violations(
  page: Page,
  { within = 'html', rules = [] }: Looked = {},
): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(
    async ({ within: part, rules: only }) => {
      const { axe } = globalThis as unknown as { readonly axe: Axe }
      const found = await axe.run(part, only.length === 0 ? {} : { runOnly: only })
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      )
    },
    { within, rules },
  )
}
