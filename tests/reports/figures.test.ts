import { describe, expect, it } from 'vitest'
import { counted, duration, metricValue, percent, range, usd } from '../../reports/format/figures.ts'
import { plainText } from '../../reports/format/plain.ts'

describe('figures', () => {
  it.each([
    [0, '0.0%'],
    [0.0001, '<0.1%'],
    [0.7128, '71.3%'],
    [0.99994, '>99.9%'],
    [1, '100.0%'],
    [null, '–'],
  ])('shows the rate %d as %s', (rate, shown) => {
    expect(percent(rate)).toBe(shown)
  })

  it.each([
    [0, '0.0 ms'],
    [4.21, '4.2 ms'],
    [9.96, '10 ms'],
    [842.4, '842 ms'],
    [999.6, '1.00 s'],
    [12_345, '12.3 s'],
    [59_960, '1 min 0 s'],
    [185_000, '3 min 5 s'],
    [null, '–'],
  ])('shows %d milliseconds as %s', (ms, shown) => {
    expect(duration(ms)).toBe(shown)
  })

  it.each([
    [0, '$0'],
    [0.0000213, '$0.0000213'],
    [0.5, '$0.500'],
    [0.9999, '$1.00'],
    [1234.5, '$1,234.50'],
    ['unknown', 'unknown'],
  ] as const)('shows %d dollars as %s', (amount, shown) => {
    expect(usd(amount)).toBe(shown)
  })

  it('shows whether cases pass as a rate, and any other metric as a score', () => {
    const shown = ['pass', 'pass_first', 'passion'].map((metric) => metricValue(metric, 0.8714))
    expect(shown).toStrictEqual(['87.1%', '87.1%', '0.871'])
  })

  it('counts with a noun', () => {
    expect([counted(1, 'cell'), counted(1800, 'cell')]).toStrictEqual(['1 cell', '1,800 cells'])
  })

  it('shows an interval, and nothing where there is none', () => {
    expect([range({ lo: 0.6521, hi: 0.7683 }), range(null)]).toStrictEqual(['65.2–76.8%', '–'])
  })
})

describe('plainText', () => {
  it('makes control characters visible and keeps line breaks and tabs', () => {
    expect(plainText('a\u001b[2J\u0000\u007f\u009b\r\nb\tc\rd')).toBe('a␛[2J␀␡\uFFFD\nb\tc\nd')
  })

  it('drops marks that reorder text, and replaces lone surrogates', () => {
    expect(plainText('a\u202Eb\u2066c\uD800d😀')).toBe('abc\uFFFDd😀')
  })
})
