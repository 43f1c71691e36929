import { describe, expect, it } from 'vitest'
import format, { configure } from '../../assertions/format.ts'

const told = (output: unknown, config: object): string => format(output, { config: { ...config } }).reason

describe('a rule that holds', () => {
  it.each<[string, object, string]>([
    ['the right beginning', { startsWith: 'Dear' }, '\n Dear Ms. Doe'],
    ['one of several beginnings', { startsWith: ['Dear', 'Hello'] }, 'Hello there'],
    ['the right end', { endsWith: '.' }, 'It is so. \n'],
    ['a pattern anywhere', { regex: '\\b[A-Z]{2}-\\d+\\b' }, 'see AB-12 there'],
    ['all of several patterns', { regex: ['a', 'b'] }, 'b and a'],
    ['a pattern that may not be', { notRegex: '\\d' }, 'none here'],
    ['exactly one of the labels', { oneOf: ['yes', 'no'] }, ' yes\n'],
    ['only JSON', { json: true }, ' {"a": [1]}\n'],
    [
      'plain text with a dash, stars and a hash in it',
      { markdown: 'none' },
      'It is 2 * 3 * 4 - 5, for #7, by my_own_name and a/b.',
    ],
    ['lines, the blank ones not counted', { lines: { min: 2, max: 2 } }, 'a\n\nb\n'],
    ['lines of another system', { lines: { max: 3 } }, 'a\r\nb\rc'],
    ['list items of several kinds', { bullets: { min: 4, max: 4 } }, '- a\n* b\n• c\n4. d\nnot one'],
    ['no preamble', { noPreamble: true }, 'The term is three years.'],
    ['a beginning that only looks like one', { noPreamble: true }, 'Sure enough, the term is three years.'],
    ['a word that begins with one', { noPreamble: true }, 'Sure-footed goats climb.'],
    ['no closing', { noClosing: true }, 'The term is three years. Either party may end it.'],
  ])('%s', (_, config, output) => {
    expect(format(output, { config: { ...config } })).toMatchObject({ pass: true, score: 1 })
  })
})

describe('a rule that is broken is named, with what broke it', () => {
  it.each<[string, object, string, string]>([
    ['beginning', { startsWith: 'Dear' }, 'dear Ms. Doe', 'startsWith: the reply does not begin with "Dear"'],
    ['end', { endsWith: ['.', '!'] }, 'Is it?', 'endsWith: the reply does not end with "." or "!"'],
    ['pattern', { regex: ['a', 'x+'] }, 'abc', 'regex: the reply does not match x+'],
    ['pattern that may not be', { notRegex: '\\d+' }, 'in 1999', 'notRegex: the reply matches \\d+: "1999"'],
    [
      'label in another case',
      { oneOf: ['yes', 'no'] },
      'Yes',
      'oneOf: the reply is not exactly one of yes, no: "Yes"',
    ],
    [
      'label with a full stop',
      { oneOf: ['yes', 'no'] },
      'yes.',
      'oneOf: the reply is not exactly one of yes, no: "yes."',
    ],
    [
      'label that looks the same in Cyrillic',
      { oneOf: ['ace', 'no'] },
      'асе',
      'oneOf: the reply is not exactly one of ace, no: "асе"',
    ],
    [
      'JSON in a fence',
      { json: true },
      '```json\n{}\n```',
      'json: the reply is not JSON and nothing else: not valid JSON: "```json" is neither a value nor a key in double quotes',
    ],
    [
      'JSON cut off',
      { json: true },
      '{"a": [',
      'json: the reply is not JSON and nothing else: the JSON breaks off inside `/a/0`',
    ],
    [
      'JSON with a key twice',
      { json: true },
      '{"a": 1, "a": 1}',
      'json: the reply is not JSON and nothing else: the key `/a` is there twice',
    ],
    [
      'one line too many',
      { lines: { max: 1 } },
      'a\nb',
      'lines: the reply has 2 lines, at most 1 was asked for',
    ],
    [
      'too few list items',
      { bullets: { min: 3 } },
      '- a',
      'bullets: the reply has 1 list item, at least 3 were asked for',
    ],
    [
      'a preamble',
      { noPreamble: true },
      'Sure! Here is the summary:\nIt ends.',
      'noPreamble: the reply begins before the answer: "Sure! Here is the summary:"',
    ],
    [
      'another',
      { noPreamble: true },
      'Here’s what I found: it ends.',
      'noPreamble: the reply begins before the answer: "Here’s what I found: it ends."',
    ],
    [
      'a third',
      { noPreamble: true },
      'I’d be happy to help. It ends.',
      'noPreamble: the reply begins before the answer: "I’d be happy to help. It ends."',
    ],
    [
      'a closing',
      { noClosing: true },
      'It ends. Let me know if you need more!',
      'noClosing: the reply goes on after the answer: "Let me know if you need more!"',
    ],
    [
      'another',
      { noClosing: true },
      'It ends.\n\nWould you like me to draft it?',
      'noClosing: the reply goes on after the answer: "Would you like me to draft it?"',
    ],
    [
      'one with an emoji behind it',
      { noClosing: true },
      'It ends. Please don’t hesitate to ask! 😊',
      'noClosing: the reply goes on after the answer: "Please don’t hesitate to ask!"',
    ],
  ])('%s', (_, config, output, reason) => {
    expect(format(output, { config: { ...config } })).toMatchObject({ pass: false, score: 0, reason })
  })

  it.each([
    ['# Title', 'a heading'],
    ['Title\n=====', 'a heading'],
    ['```js\nx\n```', 'a code fence'],
    ['run `npm ci` now', 'inline code'],
    ['it is **so**', 'bold text'],
    ['it is __so__', 'bold text'],
    ['it is *so*', 'italic text'],
    ['it is _really so_', 'italic text'],
    ['- one', 'a bullet list'],
    ['1. one', 'a numbered list'],
    ['> said', 'a quotation'],
    ['see [this](https://example.org)', 'a link'],
    ['a | b\n--- | ---\n1 | 2', 'a table'],
    ['a\n\n---\n\nb', 'a rule'],
  ])('Markdown: %j', (output, name) => {
    expect(told(output, { markdown: 'none' })).toBe(
      `markdown: the reply has ${name}, where plain text was asked for`,
    )
  })
})

describe('the score', () => {
  it('is the share of the rules that hold', () => {
    const config = { startsWith: 'a', endsWith: 'b', lines: { max: 1 }, notRegex: 'x' }
    expect(format('a x\ny', { config })).toMatchObject({ pass: false, score: 1 / 4 })
    expect(format('a x b', { config })).toMatchObject({ pass: false, score: 3 / 4 })
    expect(format('a b', { config })).toMatchObject({ pass: true, score: 1 })
  })
})

describe('a bad reply', () => {
  let deep: unknown = 1
  for (let level = 0; level < 10_000; level++) deep = [deep]

  it.each([[''], [' \n'], [undefined], [null], [deep]])('fails with 0 where there is no text', (output) => {
    expect(format(output, { config: { notRegex: 'x', noPreamble: true } })).toMatchObject({
      pass: false,
      score: 0,
      reason: 'the reply is empty',
    })
  })

  it('is read as JSON where it is no text', () => {
    expect(format({ a: 1 }, { config: { json: true, oneOf: ['{"a":2}', 'x'] } })).toMatchObject({
      score: 1 / 2,
    })
  })

  it.each(['a', 'a b ', '[', '**a', '_', '`', '- ', '\n', '|---', '* ', '[](', '> ', '1. ', '{"', 'Sure '])(
    'is judged though it is a megabyte of %j',
    (piece) => {
      const rules = {
        markdown: 'none',
        noPreamble: true,
        noClosing: true,
        lines: { min: 2 },
        bullets: { max: 1 },
        json: true,
      }
      const output = `${piece.repeat(1_000_000 / piece.length)}x`
      const { score, reason } = format(output, {
        config: { ...rules, regex: '^(a+)+$', notRegex: '(x+x+)+y' },
      })
      expect(score).toBeLessThan(1)
      expect(reason.length).toBeLessThan(1500)
    },
  )
})

describe('the config', () => {
  it.each<[string, object, string]>([
    ['no rule', {}, 'config has no rule'],
    ['a misspelt rule', { starts_with: 'a' }, 'knows no config key `starts_with`'],
    ['a pattern that looks back', { regex: '(?<=a)b' }, 'config.regex'],
    ['a pattern that is none', { notRegex: ['a', '('] }, 'config.notRegex'],
    ['a single label', { oneOf: ['a'] }, 'config.oneOf'],
    ['bounds without a bound', { lines: {} }, 'expected `min`, `max` or both'],
    ['bounds the wrong way round', { lines: { min: 3, max: 1 } }, '`min` is over `max`'],
    ['a rule switched off', { json: false }, 'config.json'],
  ])('is read strictly: %s', (_, config, message) => {
    expect(() => configure({ ...config }, { dir: '.' })).toThrow(message)
  })
})
