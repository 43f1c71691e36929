import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isViewHash, printHash, readHash } from '../../../../../reports/html/page/state/hash.ts'
import { INITIAL, type ViewState } from '../../../../../reports/html/page/state/view-state.ts'

const cell = fc.stringMatching(/^[0-9a-f]{16}$/)
const text = fc.string({ unit: 'binary', minLength: 1 }).map((some) => some.toWellFormed())
const state: fc.Arbitrary<ViewState> = fc
  .record({
    q: fc.oneof(fc.constant(''), text),
    sort: fc.option(
      fc.record({ key: text.filter((key) => !key.startsWith('-')), descending: fc.boolean() }),
      { nil: undefined },
    ),
    byCase: fc.boolean(),
    cell: fc.option(cell, { nil: undefined }),
    compare: fc.option(fc.record({ arm: fc.constantFrom('main' as const, 'base' as const), cell }), {
      nil: undefined,
    }),
    columns: fc.option(fc.array(text), { nil: undefined }),
  })
  .map((made): ViewState => Object.assign(made, made.cell === undefined && { compare: undefined }))

describe('the address of a view', () => {
  it('brings the view back', () => {
    fc.assert(
      fc.property(state, (view) => {
        expect(readHash(printHash(view))).toEqual({ state: view, ignored: [] })
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  it('is empty for what a page shows at first', () => {
    expect(printHash(INITIAL)).toBe('')
    expect(readHash('')).toEqual({ state: INITIAL, ignored: [] })
  })

  it('reads in order', () => {
    expect(
      printHash({
        ...INITIAL,
        q: 'status:failed "a & b"',
        sort: { key: 'latency', descending: true },
        byCase: true,
        cell: '0123456789abcdef',
        compare: { arm: 'base', cell: 'fedcba9876543210' },
      }),
    ).toBe(
      '#q=status:failed%20%22a%20%26%20b%22&sort=-latency&group=case&cell=0123456789abcdef&with=base:fedcba9876543210',
    )
  })

  it('keeps what can be read of a damaged one, and names the rest', () => {
    const { state, ignored } = readHash(
      '#q=ok&cell=xyz&group=model&with=base:12&evil=1&sort=&q=%E0%A4%A&gone',
    )
    expect(state).toEqual({ ...INITIAL, q: 'ok' })
    expect(ignored).toHaveLength(7)
    expect(ignored[0]).toBe("This link's part “cell=xyz” cannot be read and was ignored.")
    expect(readHash(`#q=${'a'.repeat(5000)}`).ignored[0]).toContain('aaa…”')
    expect(readHash('#with=main:0123456789abcdef').state.compare).toBeUndefined()
  })

  it('reads any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        const { state } = readHash(`#${hash}`)
        expect(readHash(printHash(state)).state).toEqual(state)
      }),
      { seed: 9, numRuns: 500 },
    )
  })

  it('leaves the names of sections alone', () => {
    expect(isViewHash('#gates')).toBe(false)
    expect(isViewHash('#q=x')).toBe(true)
    expect(isViewHash('')).toBe(true)
  })
})
