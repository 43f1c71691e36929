import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../../../../reports/html/page/filter/parse.ts'
import { printFilter } from '../../../../../reports/html/page/filter/print.ts'
import {
  type Condition,
  FIGURES,
  NAMED,
  OPERATORS,
  STATUSES,
  type Term,
} from '../../../../../reports/html/page/filter/term.ts'
import { createVocabulary } from '../../../../../reports/html/page/filter/vocabulary.ts'
import { HOSTILE } from '../../../hostile.ts'
import { makeReport } from '../table/make-report.ts'

const METRICS = ['accuracy', 'my metric', 'status', 'a:b', '-x', 'q"uote\\', 'Score', HOSTILE]
const vocabulary = createVocabulary(
  makeReport({
    metrics: METRICS,
    columns: [
      ['few, shot', 'gpt "5"'],
      [HOSTILE, 'flash'],
    ],
  }),
)
const read = (text: string) => parseFilter(text, vocabulary)
const oneOf = (text: string) => {
  const { terms, problems } = read(text)
  expect(problems).toEqual([])
  expect(terms).toHaveLength(1)
  return terms[0]
}
const problemOf = (text: string) => {
  const { problems } = read(text)
  expect(problems).toHaveLength(1)
  return problems[0]?.message
}

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant('none' as const),
  fc.record({
    op: fc.constantFrom(...OPERATORS),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  }),
)
const negated = fc.boolean()
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    negated,
    statuses: fc.array(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 3 }),
  }),
  fc.constantFrom(...NAMED).chain((of) =>
    fc.record({
      kind: fc.constant('name' as const),
      negated,
      of: fc.constant(of),
      values: fc.array(fc.constantFrom(...vocabulary.names(of)), { minLength: 1, maxLength: 3 }),
    }),
  ),
  fc.record({
    kind: fc.constant('figure' as const),
    negated,
    figure: fc.oneof(
      fc.constantFrom(...FIGURES).map((of) => ({ of })),
      fc.constantFrom(...METRICS).map((name) => ({ of: 'metric' as const, name })),
    ),
    conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('text' as const),
    negated,
    text: fc
      .oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('-a', 'x:y', 'a<1', '"', '\\', 'a\nb', 'latency>2'),
      )
      .filter((text) => text.trim() !== ''),
  }),
)

describe('a filter', () => {
  it('reads as it was printed, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 6 }), (terms) => {
        expect(read(printFilter(terms))).toEqual({ terms, problems: [] })
      }),
      { seed: 7, numRuns: 400 },
    )
  })

  it('never throws, and what it reads of any text is the same when it is read again', () => {
    const part = fc.constantFrom(
      'status:',
      'failed',
      '-',
      '"',
      '\\',
      ',',
      ':',
      '<',
      '>=',
      '0.5',
      ' ',
      'metric:',
      'é',
    )
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(part).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const { terms } = read(text)
        expect(read(printFilter(terms)).terms).toEqual(terms)
      }),
      { seed: 11, numRuns: 1000 },
    )
  })

  it('takes time in ms, s and min, money with a sign, tokens in thousands, scores in percent', () => {
    const conditions = (text: string) => {
      const found = oneOf(text)
      return found?.kind === 'figure' ? found.conditions : undefined
    }
    expect(conditions('latency:>2000')).toEqual([{ op: '>', value: 2000 }])
    expect(conditions('latency:>=1.5s')).toEqual([{ op: '>=', value: 1500 }])
    expect(conditions('ttft:<1min')).toEqual([{ op: '<', value: 60_000 }])
    expect(conditions('cost:>$0.01')).toEqual([{ op: '>', value: 0.01 }])
    expect(conditions('tokens:>=2k')).toEqual([{ op: '>=', value: 2000 }])
    expect(conditions('score:<50%')).toEqual([{ op: '<', value: 0.5 }])
    expect(conditions('score:<-.5,none')).toEqual([{ op: '<', value: -0.5 }, 'none'])
    expect(problemOf('score:<2s')).toBe('“<2s” is not a figure for score: write score:<0.5.')
    expect(problemOf('latency:fast')).toBe('“fast” is not a figure for latency: write latency:>2s.')
  })

  it('takes a metric by its name, by metric:, in quotes, and without a colon', () => {
    const accuracy = {
      kind: 'figure',
      negated: false,
      figure: { of: 'metric', name: 'accuracy' },
      conditions: [{ op: '<', value: 0.5 }],
    }
    for (const text of [
      'accuracy:<0.5',
      'metric:accuracy<0.5',
      'accuracy<0.5',
      'Accuracy:<0.5',
      'metric:"accuracy"<0.5',
    ])
      expect(oneOf(text)).toEqual(accuracy)
    expect(oneOf('metric:"my metric">=1')).toMatchObject({ figure: { of: 'metric', name: 'my metric' } })
    expect(oneOf('"my metric":>=1')).toMatchObject({ figure: { of: 'metric', name: 'my metric' } })
  })

  it('says what the nearest key, status, metric or name is', () => {
    expect(problemOf('latncy:>2')).toBe('There is no filter “latncy:”: did you mean latency?')
    expect(problemOf('zzz:1')).toBe('There is no filter “zzz:”. Put text that holds a colon in quotes.')
    expect(problemOf('lat:>2')).toBe('There is no filter “lat:”: did you mean latency?')
    expect(problemOf('status:regresed')).toBe('No status is called “regresed”: did you mean regressed?')
    expect(problemOf('model:flesh')).toBe('No model is called “flesh”: did you mean flash?')
    expect(problemOf('metric:acuracy<1')).toBe('No metric is called “acuracy”: did you mean accuracy?')
    expect(problemOf('tag:nothing-like-it')).toBe('No tag is called “nothing-like-it”.')
  })

  it('waits for what is not typed yet, and keeps the tokens that stand', () => {
    for (const text of [
      'status:',
      'model:',
      'latency:',
      'latency:>',
      'metric:',
      'metric:accuracy',
      'model:""',
    ])
      expect(read(`${text} refund`)).toMatchObject({
        terms: [{ kind: 'text', text: 'refund' }],
        problems: [{ start: 0 }],
      })
    for (const text of ['', ' ', '-', '"', '""', '-"'])
      expect(read(text)).toEqual({ terms: [], problems: [] })
  })

  it('takes a quote that is not closed for a phrase that goes on', () => {
    expect(oneOf('"thank you so')).toEqual({ kind: 'text', negated: false, text: 'thank you so' })
    expect(oneOf('-"thank you"')).toEqual({ kind: 'text', negated: true, text: 'thank you' })
  })
})
