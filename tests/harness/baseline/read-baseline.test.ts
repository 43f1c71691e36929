import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseBaseline, readBaseline } from '../../../harness/baseline/read-baseline.ts'
import { HarnessError } from '../../../harness/model/errors.ts'
import { acceptInto } from './accept-into.ts'
import { makeCells, makeFolder, writeRun } from './make-run.ts'

let text = ''
beforeAll(async () => {
  const [suite, run] = [makeFolder(), makeFolder()]
  writeRun(run, makeCells(['a', 'b'], 2).flat())
  await acceptInto(suite, run)
  text = readFileSync(join(suite, 'baseline.json'), 'utf8')
})

/** The report of the mistake, as a person reads it. */
function refusal(bad: string): string {
  try {
    parseBaseline(bad, 'baseline.json')
  } catch (error) {
    if (error instanceof HarnessError && error.exitCode === 2) return error.format()
    throw error
  }
  throw new Error('it was taken')
}

describe('parseBaseline', () => {
  it('takes what was written, also with other white space', () => {
    const baseline = parseBaseline(text, 'baseline.json')
    expect(baseline.cases).toHaveLength(2)
    expect(parseBaseline(JSON.stringify(JSON.parse(text)), 'baseline.json')).toEqual(baseline)
    expect(parseBaseline(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'baseline.json')).toEqual(baseline)
  })

  it('says where a file that was cut off ends, wherever that is', () => {
    for (let length = 0; length < text.length - 2; length += 7) {
      const cut = text.slice(0, length)
      const lines = cut.split('\n')
      expect(refusal(cut)).toContain(`baseline.json:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}: `)
    }
    expect(refusal(text.slice(0, 300))).toMatch(
      /the baseline is cut off[^]*hint: Restore it from git, or run `assay accept`/,
    )
  })

  it('says where it is no JSON', () => {
    expect(refusal(text.replace('"repeat": 3,', '"repeat": 3'))).toMatch(
      /^error: baseline\.json:9:3: the baseline is not JSON/,
    )
    expect(refusal('version https://git-lfs.github.com/spec/v1\n')).toContain('the baseline is not JSON')
  })

  it('says that a merge was not resolved', () => {
    const merged = text.replace('  "run":', '<<<<<<< HEAD\n  "run":')
    expect(refusal(merged)).toMatch(
      /baseline\.json:5:1: the baseline holds an unresolved merge conflict[^]*--theirs/,
    )
  })

  it.each([
    ['a list', '[]', 'found a list of 0'],
    ['null', 'null', 'found null'],
    ['a text', '"x"', 'found a string'],
    ['an empty map', '{}', 'found an empty map'],
    [
      "promptfoo's results",
      '{"evalId":1,"results":{},"config":{},"a":0,"b":0,"c":0}',
      '`evalId`, `results`, `config`, `a`, `b`, …',
    ],
  ])('says what it expected in the place of %s', (_, foreign, found) => {
    const said = refusal(foreign)
    expect(said).toContain('this is no baseline of assay: expected a map with `v`, `hash`')
    expect(said).toContain(found)
    expect(said).toContain('`assay accept RUN` writes a baseline')
  })

  it('says that a newer version wrote it, whatever else is in it', () => {
    expect(refusal('{\n  "v": 2,\n  "entries": []\n}')).toMatch(
      /^error: baseline\.json:2:3: the baseline was written by a newer version of assay \(format 2, this one reads 1\)/,
    )
  })

  it('says which case is damaged, and how', () => {
    const said = refusal(text.replace('"id":"b","description":"a case"', '"id":"b","description":7'))
    expect(said).toMatch(/^error: baseline\.json:\d+:\d+: the baseline is damaged: cases\.1\.description/)
    const line = Number(/:(\d+):/.exec(said)?.[1])
    expect(text.split('\n')[line - 1]).toContain('"id":"b"')
  })

  it.each([
    ['a score', '"pass":[1,1]', '"pass":[1,0]'],
    ['the margin', '"margin": null', '"margin": 0.2'],
    ['the reason', '"commit":"abc"', '"commit":"abd"'],
    ['a column', '"hash":"hash-0"', '"hash":"hash-2"'],
    ['the hash', '"hash": "', '"hash": "0'],
  ])('refuses one in which %s was edited by hand', (_, written, edited) => {
    const other = text.replace(written, edited)
    expect(other).not.toBe(text)
    expect(refusal(other)).toMatch(
      /baseline\.json:3:3: the baseline was edited by hand[^]*Run `assay accept` again, or restore it from git/,
    )
  })

  it('refuses one from which a case was taken out', () => {
    const value = JSON.parse(text) as { cases: unknown[] }
    expect(refusal(JSON.stringify({ ...value, cases: value.cases.slice(1) }))).toContain('edited by hand')
  })
})

describe('readBaseline', () => {
  it('refuses a file that is not there, and a folder', async () => {
    const dir = makeFolder()
    await expect(readBaseline(join(dir, 'baseline.json'))).rejects.toThrow(/cannot be read: ENOENT/)
    await expect(readBaseline(dir)).rejects.toMatchObject({ code: 'usage', exitCode: 2 })
    writeFileSync(join(dir, 'baseline.json'), '')
    await expect(readBaseline(join(dir, 'baseline.json'))).rejects.toThrow('the baseline is cut off')
  })
})
