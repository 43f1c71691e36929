import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Summary } from '../../reports/summary.ts'

const ASSAY = resolve(import.meta.dirname, '../../bin/assay.mjs')

const SUITE = `prompts: ['Say {{word}}']
providers: [file://echo.mjs]
defaultTest: {assert: [{type: contains, value: Say}]}
tests:
  - vars: {word: one}
  - vars: {word: two}
  - {vars: {word: fixed}, providerOutput: Say it}
`

const ECHO = `export default class {
  id() { return 'echo' }
  async callApi(prompt) { return { output: prompt } }
}`

describe('assay verify, of a record', () => {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'assay-verify-'))
    for (const [name, text] of Object.entries({
      'package.json': '{}',
      'suite.yaml': SUITE,
      'echo.mjs': ECHO,
    }))
      writeFileSync(join(dir, name), text)
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  async function assay(...args: string[]): Promise<Summary> {
    const run = promisify(execFile)(process.execPath, [ASSAY, ...args, '--json'], { cwd: dir })
    const { stdout } = await run.catch((error: { stdout: string }) => error)
    return JSON.parse(stdout) as Summary
  }

  it('has the cells that needed no call too, and counts no call for them', async () => {
    expect(await assay('run', 'suite.yaml', '--out', 'whole')).toMatchObject({
      cells: { planned: 3, passed: 3 },
      calls: { made: 2 },
    })
    expect(await assay('verify', 'whole')).toMatchObject({
      exitCode: 0,
      cells: { planned: 3, passed: 3 },
      calls: { made: 0, replayed: 2 },
    })
  })

  it('that lacks cells lacks them still, however often it is checked again', async () => {
    await assay('run', 'suite.yaml', '--out', 'cut')
    const journal = join(dir, 'cut/trials.jsonl')
    const lines = readFileSync(journal, 'utf8').split('\n')
    writeFileSync(journal, lines.filter((line) => !line.includes('Say two')).join('\n'))
    const cells = { planned: 3, finished: 2, passed: 2, absent: 1 }
    expect(await assay('verify', 'cut', '--out', 'again')).toMatchObject({ exitCode: 3, cells })
    expect(await assay('verify', 'again')).toMatchObject({ exitCode: 3, cells })
  })
})
