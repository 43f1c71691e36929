import { describe, expect, it } from 'vitest'
import oneLabel from '../../assertions/one-label.ts'

const context = { config: { labels: ['positive', 'negative', 'neutral', 'mixed'] } }

describe('one label', () => {
  it.each(['positive', ' mixed\n'])('passes a reply that is one label: %j', (output) => {
    expect(oneLabel(output, context)).toMatchObject({ pass: true, score: 1 })
  })

  it.each([
    ['Positive', 'names positive, but not by itself'],
    ['The sentiment is negative.', 'names negative, but not by itself'],
    ['positive, negative', 'names 2 labels, positive and negative'],
    ['angry', 'names none of the labels positive, negative, neutral, mixed'],
    ['', 'names none of the labels'],
    ['unmixed', 'names none of the labels'],
  ])('fails %j and says what is wrong', (output, reason) => {
    const verdict = oneLabel(output, context)
    expect(verdict).toMatchObject({ pass: false, score: 0 })
    expect(verdict.reason).toContain(reason)
  })

  it.each([undefined, null, 7, { label: 'positive' }])('fails a reply that is no text: %j', (output) => {
    expect(oneLabel(output, context).reason).toContain('expected one label as text')
  })

  it('cites no more than the beginning of a long reply', () => {
    expect(oneLabel('x'.repeat(1_000_000), context).reason.length).toBeLessThan(200)
  })

  it.each([undefined, {}, { labels: 'positive' }, { labels: ['positive'] }, { labels: ['positive', 1] }])(
    'throws when it was not told the labels: %j',
    (config) => {
      expect(() => oneLabel('positive', { config })).toThrow(
        'config.labels must be a list of at least two strings',
      )
    },
  )
})
