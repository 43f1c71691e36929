import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Trial } from '../../../../../harness/model/trial.ts'
import { linesOf } from '../../../../../reports/html/data/row-lines.ts'
import { queryOf, searchBlock } from '../../../../../reports/html/page/search/search-block.ts'
import { makeCell } from '../read/make-cells.ts'

function blockOf(trials: readonly Trial[]): string {
  const rows = trials.map(linesOf)
  return [0, 1, 2].flatMap((line) => rows.map((lines) => `${lines[line]}\n`)).join('')
}

function find(trials: readonly Trial[], ...words: readonly string[]): number[] {
  return searchBlock(blockOf(trials), queryOf(words))
}

/** The definition: each word, whatever its case, stands in some text of the row. */
function scan(texts: readonly (readonly string[])[], words: readonly string[]): number[] {
  const patterns = words.map((word) => new RegExp(word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu'))
  return texts.flatMap((row, place) =>
    patterns.every((pattern) => row.some((text) => pattern.test(text))) ? [place] : [],
  )
}

/** Few units, so that words are found, and those that JSON escapes among them. */
const unit = fc.constantFrom(
  ...'aAnu0"\\/\n\t\0 {:,.*'.split(''),
  ...'éÉßſ\u212aΣς\ud83d\u2028\u202e\u007f\ude00'.split(''),
  '😀',
)
const hostile = (maxLength: number) => fc.array(unit, { maxLength }).map((units) => units.join(''))

describe('a search of texts', () => {
  it('finds what reading every text finds', () => {
    const row = fc.record({
      prompt: hostile(12),
      output: fc.oneof(hostile(12), fc.record({ answer: hostile(6), n: fc.integer({ min: 0, max: 20 }) })),
      reason: hostile(8),
      check: hostile(8),
      variable: hostile(8),
    })
    const words = fc.array(
      hostile(4).filter((word) => word !== ''),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), words, (rows, looked) => {
        const trials = rows.map(({ prompt, output, reason, check, variable }) =>
          makeCell({
            cell: { vars: { v: variable } },
            request: { prompt },
            output,
            reason,
            checks: [
              {
                type: 'all',
                pass: false,
                score: 0,
                reason: '',
                members: [{ type: 'x', pass: false, score: 0, reason: check }],
              },
            ],
          }),
        )
        const texts = rows.map(({ prompt, output, reason, check, variable }) => [
          prompt,
          reason,
          check,
          variable,
          'v',
          JSON.stringify({ v: variable }),
          ...(typeof output === 'string' ? [output] : [JSON.stringify(output), 'answer', 'n', output.answer]),
        ])
        expect(find(trials, ...looked)).toStrictEqual(scan(texts, looked))
      }),
      { numRuns: 3_000, seed: 11 },
    )
  })

  it('looks at prompt, output, reasons, errors, variables and description, and at nothing else', () => {
    const trials = [
      makeCell({ request: { prompt: 'needle' } }),
      makeCell({ output: ['a', { b: 'NEEDLE' }] }),
      makeCell({ reason: 'a needle' }),
      makeCell({ error: 'needles' }),
      makeCell({ cell: { vars: { needle: 1 } } }),
      makeCell({ cell: { description: 'Needle' } }),
      makeCell({ checks: [{ type: 'x', pass: false, score: null, reason: '', error: 'no needle' }] }),
      makeCell({ cell: { caseId: 'needle', prompt: 'needle' }, checksHash: 'needle', output: undefined }),
    ]
    expect(find(trials, 'needle')).toStrictEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('wants all words, wherever each of them stands', () => {
    const trials = [
      makeCell({ request: { prompt: 'about a refund' }, output: 'late' }),
      makeCell({ request: { prompt: 'about a refund' }, output: 'early' }),
    ]
    expect(find(trials, 'LATE', 'refund')).toStrictEqual([0])
    expect(find(trials, 'a refund', 'about')).toStrictEqual([0, 1])
    expect(find(trials, '"late"')).toStrictEqual([])
    expect(find(trials)).toStrictEqual([0, 1])
  })

  it('holds for a block without rows', () => {
    expect(searchBlock('', queryOf(['a']))).toStrictEqual([])
  })
})
