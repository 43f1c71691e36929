import { describe, expect, it } from 'vitest'
import { complete } from '../../../../../reports/html/page/filter/complete.ts'
import { createVocabulary } from '../../../../../reports/html/page/filter/vocabulary.ts'
import { makeReport } from '../table/make-report.ts'

const vocabulary = createVocabulary(
  makeReport({
    metrics: ['accuracy', 'my metric'],
    columns: [
      ['zero-shot', 'flash'],
      ['few shot, v2', 'flash-lite'],
    ],
  }),
)
const labels = (text: string, caret = text.length) =>
  complete(text, caret, vocabulary).map(({ label }) => label)
const taken = (text: string, caret = text.length) => {
  const [first] = complete(text, caret, vocabulary)
  return first && `${first.text.slice(0, first.caret)}|${first.text.slice(first.caret)}`
}

describe('what may come next', () => {
  it('is a key where a token begins, those that begin as typed first', () => {
    expect(labels('t')).toEqual([
      'tag:',
      'ttft:',
      'tokens:',
      'status:',
      'prompt:',
      'latency:',
      'cost:',
      'attempts:',
      'repeat:',
    ])
    expect(labels('acc')).toEqual(['accuracy:'])
    expect(labels('status:failed ')).toContain('model:')
    expect(labels('my')).toEqual([])
  })

  it('is a name that the key knows, put in quotes where it must be', () => {
    expect(labels('model:')).toEqual(['flash', 'flash-lite'])
    expect(labels('status:re')).toEqual(['regressed', 'replayed', 'refused', 'reviewed', 'errored'])
    expect(taken('prompt:few')).toBe('prompt:"few shot, v2" |')
    expect(taken('-tag:crit')).toBe('-tag:critical |')
    expect(taken('metric:my')).toBe('metric:"my metric" |')
  })

  it('takes the place of the value at the caret and leaves the rest', () => {
    expect(taken('status:failed,err model:flash', 17)).toBe('status:failed,errored |model:flash')
    expect(taken('mod latency:>2', 3)).toBe('model:| latency:>2')
  })

  it('is nothing once it is typed, or where any text may stand', () => {
    expect(labels('status:failed')).toEqual([])
    expect(labels('refund')).toEqual([])
  })
})
