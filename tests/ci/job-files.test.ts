import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { addToSummary, setOutputs, SUMMARY_LIMIT } from '../../scripts/github/job-files.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-job-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let made = 0
function fileOf(content: string): string {
  const file = join(dir, `file-${made++}`)
  writeFileSync(file, content)
  return file
}

describe('the summary of a step', () => {
  it('keeps what others have written, and has the text after it', async () => {
    const file = fileOf('## Build\n')
    await addToSummary(file, '## PASS\n')
    expect(readFileSync(file, 'utf8')).toBe('## Build\n\n## PASS\n')
  })

  it('is begun where it is not there yet', async () => {
    const file = join(dir, 'new')
    await addToSummary(file, '## PASS\n')
    expect(readFileSync(file, 'utf8')).toBe('## PASS\n')
  })

  it('is filled to the last byte that GitHub takes', async () => {
    const file = fileOf('x'.repeat(SUMMARY_LIMIT - 10))
    await addToSummary(file, 'ä'.repeat(4) + 'b')
    expect(readFileSync(file)).toHaveLength(SUMMARY_LIMIT)
    expect(readFileSync(file, 'utf8').endsWith('ääääb')).toBe(true)
  })

  it('is cut at the end of a line where there is no room for all of it, and says so', async () => {
    const file = fileOf('x'.repeat(SUMMARY_LIMIT - 1_000))
    await addToSummary(file, Array.from({ length: 100 }, (_, n) => `line ${n} of many`).join('\n'))
    const text = readFileSync(file, 'utf8')
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SUMMARY_LIMIT)
    expect(text).toMatch(/\nline \d+ of many\n\n… cut here/)
  })

  it('is left as it is where there is no room at all', async () => {
    const file = fileOf('x'.repeat(SUMMARY_LIMIT))
    await addToSummary(file, 'more')
    expect(readFileSync(file)).toHaveLength(SUMMARY_LIMIT)
  })
})

describe('an output', () => {
  it('holds what it is given, of one line or several', async () => {
    const file = fileOf('')
    await setOutputs(file, { decision: 'pass', comment: 'a\nb' })
    expect(readFileSync(file, 'utf8')).toBe('decision<<ASSAY\npass\nASSAY\ncomment<<ASSAY\na\nb\nASSAY\n')
  })

  it('cannot be ended by its own text, to begin another', async () => {
    const file = fileOf('')
    await setOutputs(file, { 'run-dir': 'a\nASSAY\nexit-code<<ASSAY\n0\nASSAY' })
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    const [, end] = lines[0]!.split('<<')
    expect(lines.indexOf(end!)).toBe(lines.length - 1)
  })
})
