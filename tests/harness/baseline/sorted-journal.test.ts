import { spawnSync } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeRandom } from '../../../harness/stats/random.ts'
import { makeCell, makeFolder } from './make-run.ts'

const REPLY = 'r'.repeat(20_000)
const CELLS = 2500

/** Writes the sorted journal to nowhere, and says how many lines it has and whether they were in order. */
const SCRIPT = `
import { sortedJournal } from ${JSON.stringify(resolve('harness/baseline/sorted-journal.ts'))}
const columns = [{ prompt: 'zero-shot', provider: 'flash' }]
const options = { columns, replies: true, redact: (json) => json }
let lines = 0
let last = ''
let isSorted = true
for await (const chunk of sortedJournal(process.argv[1], options)) {
  for (const [, id] of chunk.matchAll(/"caseId":"(c-[0-9]+)"/g)) {
    isSorted &&= last < id
    last = id
  }
  lines += chunk.split('\\n').length - 1
}
console.log(JSON.stringify({ lines, isSorted }))
`

describe('sortedJournal', () => {
  it('sorts a journal of 100 MB in a heap of 48 MB', () => {
    const file = join(makeFolder(), 'trials.jsonl')
    const random = makeRandom(7)
    const order = Array.from({ length: CELLS }, (_, i) => ({ i, at: random() })).sort((a, b) => a.at - b.at)
    const out = openSync(file, 'w')
    for (const { i } of order)
      for (const line of makeCell(`c-${String(i).padStart(5, '0')}`, { output: REPLY }))
        writeSync(out, `${JSON.stringify(line)}\n`)
    closeSync(out)
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=48', '--input-type=module', '--eval', SCRIPT, file],
      { encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ lines: CELLS * 3, isSorted: true })
  })
})
