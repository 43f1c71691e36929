import { appendFile, stat } from 'node:fs/promises'
import { firstLines } from '../../reports/markdown/within-bytes.ts'

/** GitHub shows nothing of a summary that takes more bytes. */
export const SUMMARY_LIMIT = 1024 * 1024

const CUT = '\n\n… cut here: a job’s summary holds 1 MiB. The rest is in summary.md of the run.\n'

/** Adds a text to the summary of the step. What is there already counts: a text that does not fit is cut at a line's end. */
export async function addToSummary(file: string, markdown: string): Promise<void> {
  const used = await stat(file).then(
    ({ size }) => size,
    () => 0,
  )
  const text = used === 0 ? markdown : `\n${markdown}`
  const room = SUMMARY_LIMIT - used
  if (Buffer.byteLength(text) <= room) return appendFile(file, text)
  const lines = firstLines(text, room - Buffer.byteLength(CUT))
  if (lines.length > 0) await appendFile(file, lines.join('\n').trimEnd() + CUT)
}

/** Sets outputs of the step. */
export async function setOutputs(file: string, outputs: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(outputs).map(([name, value]) => outputLines(name, value))
  await appendFile(file, lines.join(''))
}

/** An output of any text: what ends it is a word that the text does not hold. */
function outputLines(name: string, value: string): string {
  let end = 'ASSAY'
  while (value.includes(end)) end += '_'
  return `${name}<<${end}\n${value}\n${end}\n`
}
