import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import classification, { configure } from '../../assertions/classification.ts'

const LABELS = ['positive', 'negative', 'neutral']
const config = { labels: LABELS, expected: '{{label}}' }

const judge = (output: unknown, label: unknown, besides: object = {}) =>
  classification(output, { config: { ...config, ...besides }, vars: { label } })
const predicted = (output: unknown, besides: object = {}) =>
  judge(output, 'positive', besides).metadata?.evidence

describe('the label of a reply', () => {
  it.each([
    ['positive', 'positive'],
    ['  Positive\n', 'positive'],
    ['POSITIVE.', 'positive'],
    ['**Negative**', 'negative'],
    ['Sentiment: neutral', 'neutral'],
    ['The writer is clearly negative about the delay.', 'negative'],
    ['negative. Negative!', 'negative'],
    ['"neutral"', 'neutral'],
    ['`neutral`', 'neutral'],
    ['_neutral_', 'neutral'],
    ['positive—the writer thanks twice', 'positive'],
    ['{"label": "neutral"}', 'neutral'],
    ['not positive but negative', 'negative'],
    ["it isn't positive; neutral", 'neutral'],
    ['neutral rather than negative', 'neutral'],
    ['positive rather than negative or neutral', 'positive'],
    ['not negative or positive, but neutral', 'neutral'],
    ['not negative, or rather positive, or neutral', null],
    // Two are none, and so is a part of a word, or a denial by itself.
    ['positive or negative', null],
    ['positive, negative', null],
    ['not positive', null],
    ['positively', null],
    ['non-negative', null],
    ['neutral-ish', null],
    ['angry', null],
    ['', null],
    [' \n', null],
    ["I'm sorry, but I can't help with that.", null],
    // Neither case nor look-alikes make another label.
    ['роsitive', 'positive'],
    ['ｎｅｇａｔｉｖｅ', 'negative'],
    ['neu\u200btral', 'neutral'],
  ])('of %j is %j', (output, label) => {
    expect(predicted(output)).toEqual({ kind: 'label', expected: 'positive', predicted: label })
  })

  it.each([
    ['good', 'positive'],
    ['It is favourable.', 'positive'],
    ['very bad', 'mixed'],
    ['It is bad in part.', 'mixed'],
    ['bad', 'negative'],
    ['good and favourable', 'positive'],
    ['good and bad', null],
    ['not_urgent', 'not urgent'],
    ['not urgent', 'not urgent'],
    ['urgent', 'urgent'],
    ['not at all', null],
    ['不好', 'negative'],
    ['我觉得不好。', 'negative'],
  ])('of %j is %j by the synonyms of a map', (output, label) => {
    const labels = {
      positive: ['good', 'favourable'],
      negative: ['bad', '不好'],
      mixed: ['very bad', 'bad in part'],
      urgent: null,
      'not urgent': [],
    }
    expect(predicted(output, { labels })).toMatchObject({ predicted: label })
  })

  it.each([
    ['positive', 'positive'],
    ['Positive\n', 'positive'],
    ['positive.', null],
    ['Sentiment: positive', null],
  ])('of %j is %j where it is to stand alone', (output, label) => {
    expect(predicted(output, { strict: true })).toMatchObject({ predicted: label })
  })

  it.each([
    ['{"label": "negative"}', {}, 'negative'],
    ['```json\n{"label": "Negative"}\n```', {}, 'negative'],
    ['Here it is: {"label": "negative"}', {}, 'negative'],
    [{ label: 'neutral' }, {}, 'neutral'],
    ['{"result": {"sentiment": ["neutral"]}}', { path: 'result.sentiment.0' }, 'neutral'],
    ['{"answer": "neutral"}', {}, null],
    ['{"label": null}', {}, null],
    ['{"label": ["neutral"]}', {}, null],
    ['{"label": "neut', {}, null],
    ['{"label": "positive", "label": "neutral"}', {}, null],
    ['positive', {}, null],
    ['[]', { path: 'length' }, null],
    ['{"a": 1}', { path: '__proto__' }, null],
  ])('of %j in JSON is as it says', (output, besides, label) => {
    expect(predicted(output, { from: 'json', ...besides })).toMatchObject({ predicted: label })
  })

  it.each([
    ['2', '2'],
    ['2.', '2'],
    ['2, since it is short', '2'],
    ['2/5', '2'],
    ['Score: 2', '2'],
    ['level-2', null],
    ['-2', null],
    ['−2', null],
    ['2.5', null],
    ['1.2', null],
    ['0,2', null],
    ['12', null],
    ['2 of 3', null],
  ])('of %j is %j among numbers', (output, label) => {
    expect(predicted(output, { labels: ['1', '2', '3', 'positive'] })).toMatchObject({ predicted: label })
  })

  it('may be a number or a boolean, as YAML writes it', () => {
    const one = { labels: [1, 2, 3], expected: '{{label}}', from: 'json', path: 'stars' }
    expect(judge('{"stars": 2}', 2, one)).toMatchObject({ pass: true })
    const two = { labels: [true, false], expected: '{{label}}' }
    expect(judge('false', false, two)).toMatchObject({ pass: true })
  })
})

describe('the verdict on a label', () => {
  it('holds for the expected one', () => {
    expect(judge('positive', 'positive')).toMatchObject({
      pass: true,
      score: 1,
      reason: 'answers positive, as expected',
    })
  })

  it('fails another one, and says which was expected', () => {
    expect(judge('negative', 'positive')).toMatchObject({
      pass: false,
      score: 0,
      reason: 'answers negative; positive was expected',
    })
  })

  it('takes an expected label by its synonym', () => {
    expect(judge('positive', 'Good', { labels: { positive: ['good'], negative: [] } })).toMatchObject({
      pass: true,
      metadata: { evidence: { expected: 'positive' } },
    })
  })

  it('says where the label only looks like it', () => {
    expect(judge('роsitive', 'positive').reason).toBe(
      'answers positive, as expected; the label is spelt with look-alike letters',
    )
  })

  it('says what is wrong, for the model to read', () => {
    expect(judge('either positive or negative', 'positive').reason).toBe(
      'names 2 labels, positive and negative: "either positive or negative"',
    )
    expect(judge('angry', 'positive').reason).toBe(
      'names none of the labels positive, negative, neutral: "angry"',
    )
    expect(judge('Label: positive', 'positive', { strict: true }).reason).toBe(
      'names positive, but not by itself: "Label: positive"',
    )
    expect(judge('{"a": 1}', 'positive', { from: 'json' }).reason).toBe('the JSON has no `label`')
  })
})

describe('an abstention', () => {
  const abstain = ['unsure', 'cannot tell']

  it.each([
    ['unsure', 'positive', false, 0],
    ['I am unsure.', 'positive', false, 0],
    ['I cannot tell', 'unsure', true, 1],
    ['positive', 'unsure', false, 0],
    ['abstained', 'abstained', true, 1],
  ])('%j where %j is expected: pass %s, score %d', (output, label, pass, score) => {
    expect(judge(output, label, { abstain })).toMatchObject({ pass, score })
  })

  it('scores what the suite says', () => {
    expect(judge('unsure', 'positive', { abstain, abstainScore: 0.3 })).toMatchObject({
      pass: false,
      score: 0.3,
      metadata: { evidence: { predicted: null, abstained: true } },
    })
    expect(judge('negative', 'positive', { abstain, abstainScore: 0.3 })).toMatchObject({ score: 0 })
  })

  it('beside a label is no answer', () => {
    expect(judge('unsure, perhaps positive', 'positive', { abstain }).reason).toContain('names 2 labels')
  })

  it('is one where it names the labels that it does not decide between', () => {
    const open = 'I am unsure: it could be positive or negative.'
    expect(judge(open, 'unsure', { abstain })).toMatchObject({ pass: true, score: 1 })
    expect(judge(open, 'unsure', { abstain, strict: true }).pass).toBe(false)
  })
})

describe('a confidence', () => {
  const json = { from: 'json', confidence: 'confidence' }

  it.each([
    ['0.85', 0.85],
    ['1', 1],
    ['0', 0],
    ['"0.7"', 0.7],
    ['"85%"', 0.85],
    ['"85 %"', 0.85],
    ['85', undefined],
    ['-0.1', undefined],
    ['1e400', undefined],
    ['"high"', undefined],
    ['null', undefined],
    ['[0.5]', undefined],
    ['"1.2.3"', undefined],
  ])('of %s is %s', (written, confidence) => {
    const verdict = judge(`{"label": "positive", "confidence": ${written}}`, 'positive', json)
    expect(verdict.metadata?.evidence).toEqual({
      kind: 'label',
      expected: 'positive',
      predicted: 'positive',
      ...(confidence !== undefined && { confidence }),
    })
  })

  it('that cannot be read is told, and does not cost the label', () => {
    const { pass, reason } = judge('{"label": "positive", "confidence": 85}', 'positive', json)
    expect(pass).toBe(true)
    expect(reason).toContain('its `confidence` is no share from 0 to 1: "85"')
    const endless = judge('{"label": "positive", "confidence": 1e400}', 'positive', json)
    expect(endless.reason).toContain('"Infinity"')
  })
})

describe('a case or a config that cannot be judged by', () => {
  it.each([
    ['what is none of the labels', 'furious', 'the case expects "furious", which is none of the labels'],
    ['nothing', null, 'the case expects null'],
    ['a list', ['positive'], 'the case expects ["positive"]'],
  ])('throws for %s', (_, label, message) => {
    expect(() => judge('positive', label)).toThrow(message)
  })

  it('throws for a missing variable', () => {
    expect(() => classification('positive', { config, vars: {} })).toThrow('has no variable `label`')
  })

  it.each([
    [{ expected: 'a' }, 'expected at least two labels'],
    [{ labels: ['a'], expected: 'a' }, 'expected at least two labels'],
    [{ labels: { a: [] }, expected: 'a' }, 'expected at least two labels'],
    [{ labels: ['a', ' '], expected: 'a' }, 'a label is blank'],
    [{ labels: ['Yes', 'yes'], expected: 'yes' }, '"yes" would stand for both `Yes` and `yes`'],
    [{ labels: ['a', 'а'], expected: 'a' }, 'would stand for both'],
    [{ labels: { a: ['x'], b: ['x'] }, expected: 'a' }, '"x" would stand for both `a` and `b`'],
    [{ labels: ['a', 'b'], abstain: ['a'], expected: 'a' }, 'would stand for both `a` and `abstained`'],
    [{ labels: ['a', 'abstained'], expected: 'a' }, '`abstained` is what an abstention is called'],
    [{ labels: ['a', 'b'] }, 'config.expected'],
    [{ labels: ['a', 'b'], expected: 'c' }, 'config.expected: "c" is none of the labels, and no variable'],
    [{ labels: ['a', 'b'], expected: '{{ l | upper }}' }, 'is none of the labels, and no variable'],
    [{ labels: ['a', 'b'], expected: 'a', lables: [] }, 'knows no config key `lables`'],
    [{ labels: ['a', 'b'], expected: 'a', abstainScore: 2 }, 'config.abstainScore'],
    [{ labels: ['a', 'b'], expected: 'a', confidence: 'c' }, 'config.confidence needs JSON'],
    [{ labels: ['a', 'b'], expected: 'a', path: 'c' }, 'config.path needs JSON'],
  ])('refuses the config %j', (written, message) => {
    expect(() => configure(written, { dir: '/' })).toThrow(message)
  })
})

describe('hostile replies', () => {
  it.each([
    ['no reply', undefined],
    ['a megabyte of a label', 'positive '.repeat(120_000)],
    ['a megabyte of one word', 'p'.repeat(1_000_000)],
    ['a megabyte of denials', 'not '.repeat(250_000)],
    ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['a list of tool calls', [{ name: 'label', input: { x: 1 } }]],
    ['a lone surrogate', '\ud800'],
    ['nothing but marks', '\u0301'.repeat(10_000)],
  ])('are judged: %s', (_, output) => {
    for (const from of ['text', 'json']) {
      const { score, reason } = judge(output, 'negative', { from })
      expect(score).toBe(0)
      expect(reason.length).toBeLessThan(300)
    }
  })

  it('score 1 or 0, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.json(), fc.anything()), (output) => {
        fc.pre(typeof output !== 'bigint' && isPlain(output))
        expect([0, 1]).toContain(judge(output, 'positive').score)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('give the label they give whatever the case of their letters', () => {
    const words = fc.array(fc.constantFrom('positive', 'negative', 'not', 'very', ',', 'or'), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(words, (all) => {
        const text = all.join(' ')
        expect(predicted(text.toUpperCase())).toEqual(predicted(text))
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})

/** What a provider can hand over came out of JSON. */
function isPlain(output: unknown): boolean {
  try {
    return typeof JSON.stringify(output) === 'string'
  } catch {
    return false
  }
}
