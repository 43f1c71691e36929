import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvField, csvLine } from '../../../../../reports/html/page/table/csv.ts'

describe('a record of CSV', () => {
  it('is read back by another reader, whatever its texts hold', () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((one) => csvField(one).replaceAll('"', '')[0] !== "'")
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (values) => {
        expect(parse(csvLine(values), { record_delimiter: '\r\n' })).toEqual([
          values.map((value) => value.toWellFormed()),
        ])
      }),
      { seed: 8, numRuns: 50 },
    )
  })

  it('holds no text that a spreadsheet would run', () => {
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '\n=cmd|calc'])
      expect(csvField(evil).replace(/^"/, '')[0]).toBe("'")
    expect(csvField('=A1,"x"')).toBe('"\'=A1,""x"""')
  })

  it('leaves figures as they are, and nothing where there is none', () => {
    expect(csvLine([-0.5, undefined, Number.NaN, true, ''])).toBe('-0.5,,,true,\r\n')
  })
})
