import { readFile } from 'node:fs/promises'
import { extractText, getDocumentProxy } from 'unpdf'

const PAGE_NUMBER = /^Page \d+ of \d+$/
/** "4.2 The Customer …", "4. Fees". */
const NUMBERED = /^\d+\.(?:\d+)? /
/** "CONSULTING AGREEMENT" stands by itself. */
const TITLE = /^[^\p{Ll}]+$/u

/** The text of a contract, a paragraph a line: of a text file as it stands, of a PDF without page numbers and with its lines put together again. */
export async function contractText(path: string): Promise<string> {
  const bytes = await readFile(path)
  return path.endsWith('.pdf') ? textOfPdf(bytes) : bytes.toString('utf8').trim()
}

async function textOfPdf(bytes: Uint8Array): Promise<string> {
  const { text: pages } = await extractText(await getDocumentProxy(new Uint8Array(bytes)))
  const lines = pages.flatMap((page) => page.split('\n')).filter((line) => !PAGE_NUMBER.test(line.trim()))
  const paragraphs: string[] = []
  for (const line of lines) {
    const above = paragraphs.at(-1)
    const begins = above === undefined || NUMBERED.test(line) || TITLE.test(above) || isHeading(above)
    if (begins) paragraphs.push(line.trim())
    else paragraphs[paragraphs.length - 1] = `${above} ${line.trim()}`
  }
  return paragraphs.join('\n')
}

/** A numbered line of a few words, without a full stop. */
function isHeading(line: string): boolean {
  return /^\d+\. [^.]{1,60}$/.test(line)
}
