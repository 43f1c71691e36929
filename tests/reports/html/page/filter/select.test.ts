import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHANGES, FLAGS, OUTCOMES } from '../../../../../reports/html/data/about.ts'
import { explainFilter } from '../../../../../reports/html/page/filter/explain.ts'
import { parseFilter } from '../../../../../reports/html/page/filter/parse.ts'
import { type Rows, selectColumns, selectRows } from '../../../../../reports/html/page/filter/select.ts'
import { createVocabulary } from '../../../../../reports/html/page/filter/vocabulary.ts'
import { labelOf, makeReport, outputOf } from '../table/make-report.ts'

const data = makeReport({ cases: 60, repeats: 3 })
const { main } = data
const vocabulary = createVocabulary(data)
const marks = new Map([
  [1, 'judge_wrong'],
  [5, 'agree'],
])
const rows: Rows = {
  arm: main,
  vocabulary,
  markOf: (row) => marks.get(row),
  foundWith: (text) =>
    Uint8Array.from({ length: main.rows }, (_, row) => Number(outputOf(row).toLowerCase().includes(text))),
}
const termsOf = (text: string) => {
  const { terms, problems } = parseFilter(text, vocabulary)
  expect(problems).toEqual([])
  return terms
}
const found = (text: string) => [...selectRows(termsOf(text), rows)]

/** What each token says of a row, written down a second time as plainly as can be. */
const TOKENS: Readonly<Record<string, (row: number) => boolean>> = {
  'status:regressed': (row) => CHANGES[main.change[row] as number] === 'regressed',
  'status:failed,errored': (row) => OUTCOMES[main.outcome[row] as number] !== 'passed',
  'status:flaky': (row) => ((main.flags[row] as number) & FLAGS.flaky) > 0,
  'status:reviewed': (row) => row === 1 || row === 5,
  'status:disputed': (row) => row === 1,
  'model:flash': (row) => columnOf(row)?.provider === 'flash',
  'model:lite': (row) => columnOf(row)?.provider === 'flash-lite',
  'prompt:few': (row) => columnOf(row)?.prompt === 'few-shot',
  'tag:critical': (row) => labelOf(main.case[row] as number).tags.includes('critical'),
  'case:c-1': (row) => main.case[row] === 1,
  'case:refund': (row) => labelOf(main.case[row] as number).description.startsWith('Refund'),
  'file:emails.csv': (row) => labelOf(main.case[row] as number).file.endsWith('emails.csv'),
  'score:<0.5': (row) => (main.score[row] as number) < 0.5,
  'score:0.7': (row) => main.score[row] === Math.fround(0.7),
  'score:none': (row) => Number.isNaN(main.score[row]),
  'latency:>2s': (row) => (main.latencyMs[row] as number) > 2000,
  'cost:<=0.01': (row) => (main.costUsd[row] as number) <= Math.fround(0.01),
  'attempts:>1': (row) => (main.attempts[row] as number) > 1,
  'tokens:>=1000': (row) =>
    [main.tokensIn[row] as number, main.tokensOut[row] as number].reduce((sum, n) => sum + (n || 0), 0) >=
    1000,
  'repeat:2': (row) => main.repeat[row] === 1,
  'accuracy:<0.2,>0.8': (row) => {
    const value = main.metrics[0]?.[row] as number
    return value < Math.fround(0.2) || value > Math.fround(0.8)
  },
  sorry: (row) => outputOf(row).includes('sorry'),
  delivery: (row) => labelOf(main.case[row] as number).description.startsWith('Delivery'),
  '"thank you"': (row) => outputOf(row).includes('Thank you'),
}

function columnOf(row: number) {
  return main.columns[main.column[row] as number]
}

describe('rows of a filter', () => {
  it('are those that a plain reading of each token finds, alone, negated and together', () => {
    const token = fc.tuple(fc.boolean(), fc.constantFrom(...Object.keys(TOKENS)))
    const everyToken = Object.keys(TOKENS).map((text) => [[false, text]] as [boolean, string][])
    fc.assert(
      fc.property(fc.array(token, { maxLength: 4 }), (tokens) => {
        const text = tokens.map(([negated, one]) => `${negated ? '-' : ''}${one}`).join(' ')
        const naive = [...Array(main.rows).keys()].filter((row) =>
          tokens.every(([negated, one]) => TOKENS[one]?.(row) !== negated),
        )
        expect(found(text)).toEqual(naive)
      }),
      { seed: 3, numRuns: 300, examples: everyToken.map((tokens) => [tokens]) },
    )
  })

  it('are found by each of the tokens, so that none of the comparisons above is empty', () => {
    for (const token of Object.keys(TOKENS)) expect([token, found(token).length > 0]).toEqual([token, true])
  })

  it('go by the whole name where one is called just so, else by a part', () => {
    expect(found('model:flash').length).toBe(2 * 60 * 3)
    expect(found('model:fla').length).toBe(3 * 60 * 3)
  })

  it('are those of the named cases until texts were searched', () => {
    const names = { ...rows, foundWith: () => undefined }
    expect([...selectRows(termsOf('refund'), names)]).toEqual(found('case:refund'))
    expect(selectRows(termsOf('sorry'), names)).toHaveLength(0)
  })

  it('leave the columns that the filter names', () => {
    expect([...selectColumns(termsOf('model:flash -prompt:few status:failed'), rows)]).toEqual([1, 0, 0])
    expect([...selectColumns(termsOf('status:failed'), rows)]).toEqual([1, 1, 1])
  })
})

describe('a filter in words', () => {
  it('says what is asked for', () => {
    expect(explainFilter(termsOf('status:regressed model:flash latency:>2s "refund" -tag:critical'))).toBe(
      'regressed, in model flash, latency over 2,000 ms, text “refund”, not tagged critical',
    )
    expect(explainFilter(termsOf('status:failed,errored cost:>0.01,none accuracy:<0.5 attempts:2'))).toBe(
      'failed or errored, cost over $0.0100 or not measured, accuracy under 0.5, attempts 2',
    )
  })
})
