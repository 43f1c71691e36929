import type { PageParts } from '../../../../../reports/html/page/read/blocks.ts'
import { pageBlocks } from '../../../../../reports/html/page/read/blocks.ts'
import { readAbout, readReport } from '../../../../../reports/html/page/read/open-report.ts'
import type { ReportData } from '../../../../../reports/html/page/model/report-data.ts'

/** The inert blocks of a page as a browser finds them, the last one up to where the file ends. */
export function partsOf(html: string): PageParts {
  const parts = new Map<string, string>()
  for (const [, id = '', content = ''] of html.matchAll(/<script type="[^"]*" id="([^"]*)">([^<]*)/g))
    parts.set(id, content)
  return {
    getElementById(id) {
      const textContent = parts.get(id)
      return textContent === undefined ? null : { textContent }
    },
  }
}

/** Opens a page as its script does, without a worker. @throws Error with the sentence that the page shows */
export async function openPage(
  html: string,
  beside: Readonly<Record<string, string>> = {},
): Promise<ReportData> {
  const parts = partsOf(html)
  const about = readAbout(parts)
  const loadBeside = async (id: string, address: string) => {
    const [, content] = new RegExp(`\\["${id}"\\] = "([^"]*)"`).exec(beside[address] ?? '') ?? []
    if (content === undefined) throw new Error(`${address} is not there`)
    return content
  }
  return readReport(about, pageBlocks(parts, about, { loadBeside, arrived: async () => {} }), () => undefined)
}
