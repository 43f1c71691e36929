import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Labels } from '../../../harness/calibrate/labels.ts'
import { readLabels } from '../../../harness/calibrate/labels.ts'
import { HarnessError } from '../../../harness/model/errors.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-labels-'))
afterAll(() => rmSync(dir, { recursive: true }))

function labelsOf(name: string, text: string, metric?: string): Promise<Labels> {
  const file = join(dir, name)
  writeFileSync(file, text)
  return readLabels(file, metric)
}

function reviewed(over: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    v: 1,
    run: 'r',
    cellId: 'c',
    caseId: 'case-1',
    column: { prompt: 'p', provider: 'm' },
    repeat: 0,
    replyHash: 'h',
    vars: { question: 'How?' },
    prompt: 'How?',
    output: 'So.',
    check: { type: 'javascript', metric: 'helpful', pass: true, score: 1, reason: '' },
    checks: 1,
    machine: 'passed',
    human: 'failed',
    mark: 'judge_wrong',
    at: '2026-01-01T00:00:00Z',
    ...over,
  })
}

describe('labelled answers', () => {
  it('are rows of a CSV: what is neither answer, label nor id is a variable', async () => {
    const text = '\uFEFFid,question,output,label\r\na,"How, then?","So,\nor so.",3\r\n,Why?,Because., 4 \r\n'
    const { rows, sha256 } = await labelsOf('good.csv', text)
    expect(rows).toMatchObject([
      { id: 'a', output: 'So,\nor so.', label: '3', vars: { question: 'How, then?' }, at: { line: 2 } },
      { id: 'row-2', output: 'Because.', label: '4', vars: { question: 'Why?' } },
    ])
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('may be the tests of a suite as well: columns that promptfoo reads are no variables', async () => {
    const { rows } = await labelsOf(
      'tests.csv',
      'output,label,__metadata:id,__expected\nSo.,2,t-1,equals:So.\n',
    )
    expect(rows[0]).toMatchObject({ id: 't-1', vars: {} })
  })

  it('are lines of JSON, with replies that are no texts', async () => {
    const text =
      '{"output": {"a": 1}, "label": 2, "vars": {"q": "How?"}}\n\n{"output": "x", "label": "passed", "q": "Why?"}\n'
    const { rows } = await labelsOf('good.jsonl', text)
    expect(rows).toMatchObject([
      { output: { a: 1 }, label: '2', vars: { q: 'How?' }, at: { line: 1 } },
      { output: 'x', label: 'passed', vars: { q: 'Why?' }, at: { line: 3 } },
    ])
  })

  it('are what reviewers said of replies with one check; the others are left out, and counted', async () => {
    const text = [
      reviewed({}),
      reviewed({ caseId: 'case-2', output: 'b', human: 'passed' }),
      reviewed({ human: null }),
      reviewed({ checks: 3 }),
      reviewed({ check: { metric: 'other' } }),
    ].join('\n')
    const { rows, notes } = await labelsOf('review.jsonl', text, 'helpful')
    expect(rows.map(({ id, label, vars }) => [id, label, vars])).toEqual([
      ['case-1 p m 0', 'failed', { question: 'How?' }],
      ['case-2 p m 0', 'passed', { question: 'How?' }],
    ])
    expect(notes).toEqual([
      '1 row left out: the reviewer gave no verdict',
      '1 row left out: the reply had several checks, and the verdict is on all of them together',
      '1 row left out: their check is not `helpful`',
    ])
  })

  it.each([
    ['no column for the label', 'x.csv', 'output,lable\na,1\n', /no column `label`/, 1],
    ['no column for the answer', 'x.csv', 'answer,label\na,1\n', /no column `output`/, 1],
    ['a column twice', 'x.csv', 'output,label,q,q\na,1,b,c\n', /`q` stands there twice/, 1],
    ['a ragged row', 'x.csv', 'output,label\na,1\nb\n', /no CSV/, 3],
    ['an empty answer', 'x.csv', 'output,label\na,1\n" ",2\n', /no answer/, 3],
    ['an empty label', 'x.csv', 'output,label\na,1\nb,\n', /no label/, 3],
    ['a row twice', 'x.csv', 'output,label\na,1\na,1\n', /row is that of line 2 again/, 3],
    ['an answer with two labels', 'x.csv', 'output,label\na,1\na,2\n', /label 2 here and 1 in line 2/, 3],
    ['an id twice', 'x.csv', 'id,output,label\ni,a,1\ni,b,2\n', /id `i` is that of line 2/, 3],
    ['no JSON', 'x.jsonl', '{"output": "a", "label": 1}\n{"output"\n', /no JSON/, 2],
    ['a line that is no object', 'x.jsonl', '[1]\n', /must be an object/, 1],
    ['a line without a label', 'x.jsonl', '{"output": "a"}\n', /no `label`/, 1],
    ['a label that is null', 'x.jsonl', '{"output": "a", "label": null}\n', /no `label`/, 1],
  ])('are refused at their line: %s', async (_name, file, text, message, line) => {
    const error = await labelsOf(file, text).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(HarnessError)
    const { code, at } = error as HarnessError
    expect({ code, line: at?.line }).toEqual({ code: 'suite', line })
    expect((error as HarnessError).format()).toMatch(message)
  })

  it('tell all rows that are wrong, ten at a time', async () => {
    const text = `output,label\n${Array.from({ length: 12 }, (_, i) => `,${i}`).join('\n')}\n`
    const error = (await labelsOf('many.csv', text).catch((thrown: unknown) => thrown)) as HarnessError
    expect(error.others).toHaveLength(9)
    expect(error.hint).toBe('2 more rows are wrong.')
  })

  it.each([
    ['a file that is not there', 'usage', () => readLabels(join(dir, 'nowhere.csv'))],
    ['a file of another format', 'usage', () => labelsOf('x.txt', 'output,label\na,1\n')],
    ['a CSV with a header alone', 'empty', () => labelsOf('none.csv', 'output,label\n')],
    ['an empty JSONL', 'empty', () => labelsOf('none.jsonl', '\n')],
    ['reviews without one that counts', 'empty', () => labelsOf('none2.jsonl', reviewed({ human: null }))],
  ])('are refused as %s is: %s', async (_name, code, read) => {
    await expect(read()).rejects.toMatchObject({ code })
  })
})
