import { describe, expect, it } from 'vitest'
import { pairColumns } from '../../../../harness/analyze/paired/pair-columns.ts'
import type { ColumnName } from '../../../../harness/model/comparison.ts'
import { columnName } from '../../../../harness/model/comparison.ts'
import { armOf, mistakeOf } from './make-arm.ts'

type Parts = NonNullable<NonNullable<Parameters<typeof armOf>[1]>['columns']>

const column = (prompt: string, provider: string): ColumnName => ({ prompt, provider })

function pair(base: Parts, candidate: Parts, options: Parameters<typeof pairColumns>[2] = {}) {
  const { pairs, unpaired } = pairColumns(
    armOf([], { columns: base }),
    armOf([], { columns: candidate }),
    options,
  )
  return {
    pairs: pairs.map(({ column, against, by, gates }) => [
      columnName(column),
      columnName(against),
      by,
      gates,
    ]),
    unpaired,
  }
}

describe('columns are paired', () => {
  it('by label, whatever has changed behind it', () => {
    const now = [{ ...column('few', 'flash'), promptHash: 'edited', configHash: 'other' }]
    expect(pair([column('few', 'flash')], now).pairs).toEqual([['few × flash', 'few × flash', 'label', true]])
  })

  it('by the template on the same provider, where the prompt has another label', () => {
    const now = [{ ...column('short', 'flash'), promptHash: 'prompt-few' }]
    expect(pair([column('zero', 'flash'), column('few', 'flash')], now).pairs).toEqual([
      ['short × flash', 'few × flash', 'template', true],
    ])
  })

  it('by the config on the same prompt, where the provider has another label', () => {
    const now = [{ ...column('few', 'gemini'), configHash: 'config-flash' }]
    expect(pair([column('few', 'flash')], now).pairs).toEqual([
      ['few × gemini', 'few × flash', 'template', true],
    ])
  })

  it('not by a template whose column is still there under its own label', () => {
    const now = [column('few', 'flash'), { ...column('copy', 'flash'), promptHash: 'prompt-few' }]
    const { pairs, unpaired } = pair([column('few', 'flash')], now)
    expect(pairs).toHaveLength(1)
    expect(unpaired).toEqual([column('copy', 'flash')])
  })

  it.each<[Record<string, string>, string]>([
    [{ few: 'short' }, 'prompt'],
    [{ 'few × flash': 'short × flash' }, 'column'],
  ])('by what renamed tells of a %s', (renamed) => {
    expect(pair([column('few', 'flash')], [column('short', 'flash')], { renamed }).pairs).toEqual([
      ['short × flash', 'few × flash', 'renamed', true],
    ])
  })

  it('by what renamed tells of both halves at once', () => {
    const renamed = { few: 'short', flash: 'gemini' }
    expect(pair([column('few', 'flash')], [column('short', 'gemini')], { renamed }).pairs).toEqual([
      ['short × gemini', 'few × flash', 'renamed', true],
    ])
  })

  it('by renamed rather than by content, where the two disagree', () => {
    const now = [{ ...column('short', 'flash'), promptHash: 'prompt-few' }]
    const base = [column('few', 'flash'), column('old', 'flash')]
    expect(pair(base, now, { renamed: { old: 'short' } }).pairs).toEqual([
      ['short × flash', 'old × flash', 'renamed', true],
    ])
  })

  it('with the column of the same run that against names, for those that ship', () => {
    const both = [column('old', 'flash'), column('new', 'flash')]
    const { pairs } = pair([column('old', 'flash')], both, {
      ship: [{ prompt: 'new' }],
      against: { prompt: 'old' },
    })
    expect(pairs).toEqual([
      ['old × flash', 'old × flash', 'label', false],
      ['new × flash', 'old × flash', 'against', true],
    ])
  })

  it('with the candidate’s own scores, where against is of the same run', () => {
    const [base, candidate] = [
      armOf([], { columns: [column('old', 'flash')] }),
      armOf([], { columns: [column('old', 'flash'), column('new', 'flash')] }),
    ]
    const { pairs } = pairColumns(base, candidate, { ship: [{ prompt: 'new' }], against: { prompt: 'old' } })
    expect(pairs.map((each) => each.base === candidate.table)).toEqual([false, true])
  })

  it('with the baseline’s column that against names, where the run has it no more', () => {
    const options = { ship: [{ prompt: 'new' }], against: { prompt: 'old' } }
    expect(pair([column('old', 'flash')], [column('new', 'flash')], options).pairs).toEqual([
      ['new × flash', 'old × flash', 'against', true],
    ])
  })

  it('and a column that only informs is listed when it has no counterpart', () => {
    const now = [column('few', 'flash'), column('brand-new', 'flash')]
    const { unpaired } = pair([column('few', 'flash')], now, { ship: [{ prompt: 'few' }] })
    expect(unpaired).toEqual([column('brand-new', 'flash')])
  })
})

describe('a column without a counterpart is a mistake of the user', () => {
  it('when it ships: the nearest are named, and the line to paste', () => {
    const base = [column('few-shot', 'flash'), column('other', 'sonnet')]
    const error = mistakeOf(() =>
      pair(base, [column('few-shots', 'flash')], { ship: [{ prompt: 'few-shots' }] }),
    )
    expect(error.exitCode).toBe(2)
    expect(error.message).toContain('few-shots × flash')
    expect(error.message).toContain('nearest: few-shot × flash, other × sonnet')
    expect(error.hint).toContain('renamed: {"few-shot": "few-shots"}')
    expect(error.hint).toContain('--map "few-shot=few-shots"')
  })

  it('when no column has one', () => {
    expect(mistakeOf(() => pair([column('a', 'b')], [column('c', 'd')])).code).toBe('usage')
  })

  it('when against names what neither has', () => {
    const error = mistakeOf(() => pair([column('a', 'b')], [column('a', 'b')], { against: { prompt: 'x' } }))
    expect(error.message).toContain('neither the run nor base has a column x × b')
    expect(error.hint).toContain('a × b')
  })
})
