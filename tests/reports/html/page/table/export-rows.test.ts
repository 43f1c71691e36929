import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { createReviewStore } from '../../../../../reports/html/page/reviews/review-store.ts'
import { cellOf } from '../../../../../reports/html/page/state/cell-id.ts'
import { exportRows } from '../../../../../reports/html/page/table/export-rows.ts'
import { makeReport, outputOf } from './make-report.ts'

const data = makeReport({ cases: 500, repeats: 2 })
const nowhere = { load: () => ({ reviews: {}, downloaded: true }), save: () => {} }
const reviews = createReviewStore(data, nowhere)
const rows = (n: number) => Uint32Array.from({ length: n }, (_, i) => i)

describe('copied cells', () => {
  it('are a CSV with a head, in their order, prompts and outputs included', async () => {
    const { text, withTexts } = await exportRows(data, reviews, Uint32Array.from([7, 3]), 'csv', () => {})
    const [head, ...records] = parse(text)
    const column = (name: string) => head?.indexOf(name) ?? -1
    expect(withTexts).toBe(true)
    expect(records.map((record) => record[column('cell')])).toEqual([
      cellOf(data.main, 7),
      cellOf(data.main, 3),
    ])
    expect(records[1]?.[column('output')]).toBe(outputOf(3))
    expect(records[1]?.[column('prompt_text')]).toBe('Answer row 3')
    expect(records[0]?.[column('repeat')]).toBe('2')
  })

  it('are lines of JSON with the same fields, null for what is not known, decimals as they were written', async () => {
    const { text } = await exportRows(data, reviews, rows(50), 'jsonl', () => {})
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toHaveLength(50)
    expect(new Set(lines.map((line) => Object.keys(line).join())).size).toBe(1)
    lines.forEach((line, row) => {
      const score = data.main.score[row] as number
      expect(line.score).toBe(Number.isNaN(score) ? null : Number(score.toFixed(1)))
    })
    expect(lines[1]?.review).toBe('judge_wrong')
  })

  it('are figures only where there are more than 2,000, with progress', async () => {
    const seen: number[] = []
    const { text, withTexts } = await exportRows(data, reviews, rows(2001), 'csv', (done) => seen.push(done))
    expect(withTexts).toBe(false)
    expect(text).not.toContain('Thank you')
    expect(text.split('\r\n')).toHaveLength(2003)
    expect(seen.length).toBeGreaterThan(2)
  })
})
