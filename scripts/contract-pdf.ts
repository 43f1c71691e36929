/**
 * `node scripts/contract-pdf.ts`: prints the consulting agreement of `suites/legal-analyzer/` from its HTML to the PDF that the suite
 * reads. Only whoever changes the HTML runs it; a test holds the words of the two together.
 */
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { CHROMIUM_ARGS, chromiumPath } from './chromium-path.ts'

const DOCUMENTS = resolve(import.meta.dirname, '../suites/legal-analyzer/documents')
const FOOTER =
  '<div style="font: 8pt serif; width: 100%; text-align: center">Page <span class="pageNumber"></span> of <span class="totalPages"></span></div>'

const browser = await chromium.launch({ executablePath: await chromiumPath(), args: CHROMIUM_ARGS })
try {
  const page = await browser.newPage()
  await page.goto(pathToFileURL(join(DOCUMENTS, 'consulting.html')).href)
  const path = join(DOCUMENTS, 'consulting.pdf')
  await page.pdf({
    path,
    preferCSSPageSize: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: FOOTER,
  })
  console.log(path)
} finally {
  await browser.close()
}
