import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Review, ReviewFile } from '../../../harness/model/review.ts'
import type { reviewFileSchema, reviewsSchema } from '../../../harness/record/schema/review.ts'
import { parseReviewFile } from '../../../harness/review/read-review-file.ts'
import { markedCell, reviewFile, trialOf } from './make-review.ts'

type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T
expectTypeOf<Plain<z.infer<typeof reviewFileSchema>>>().toEqualTypeOf<Plain<ReviewFile>>()
expectTypeOf<Plain<z.infer<typeof reviewsSchema>['reviews'][number]>>().toEqualTypeOf<Plain<Review>>()

const dir = mkdtempSync(join(tmpdir(), 'assay-review-'))
afterAll(() => rmSync(dir, { recursive: true }))

const { name: _name, ...FILE } = reviewFile([
  markedCell(trialOf('c-1'), { mark: 'judge_wrong', note: 'irony' }),
  markedCell(trialOf('c-2')),
])
const TEXT = JSON.stringify(FILE, null, 2)

/** The whole report of the mistake in a file with this text. */
function refusal(text: string): string {
  const file = join(dir, 'review.json')
  writeFileSync(file, text)
  try {
    parseReviewFile(text, file)
  } catch (error) {
    if (error instanceof HarnessError && error.exitCode === 2)
      return error.format().replaceAll(file, 'review.json')
    throw error
  }
  throw new Error('it was taken')
}

/** The text with one thing in it put in place of another. */
function changed(what: string, instead: string): string {
  expect(TEXT).toContain(what)
  return TEXT.replace(what, () => instead)
}

describe('a review as the page downloads it', () => {
  it('is taken as it is, on one line, with a byte order mark and with line breaks of Windows', () => {
    expect(parseReviewFile(TEXT, 'review.json')).toEqual(FILE)
    expect(parseReviewFile(JSON.stringify(FILE), 'review.json')).toEqual(FILE)
    expect(parseReviewFile(`\uFEFF${TEXT.replaceAll('\n', '\r\n')}`, 'review.json')).toEqual(FILE)
  })

  it('may hold notes of any text', () => {
    const note = '</script> \u202Eevil\u202C \u0000 \uD800 "quoted" \\ {{env.HOME}} 😀'
    const text = JSON.stringify({ ...FILE, reviews: [{ ...FILE.reviews[0], note }] })
    expect(parseReviewFile(text, 'review.json').reviews[0]?.note).toBe(note)
  })

  it('may mark nothing', () => {
    expect(parseReviewFile(JSON.stringify({ ...FILE, reviews: [] }), 'review.json').reviews).toEqual([])
  })
})

describe('a review that is refused', () => {
  it('was cut off, wherever that is', () => {
    for (let length = 0; length < TEXT.length; length += 5) {
      const cut = TEXT.slice(0, length)
      const lines = cut.split('\n')
      const place = `review.json:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`
      expect(refusal(cut)).toContain(`error: ${place}: `)
    }
    expect(refusal(TEXT.slice(0, 200))).toMatch(/the review is cut off[^]*hint: Download it from the page/)
  })

  it('is no JSON', () => {
    expect(refusal(changed('"run": "run-1",', '"run": "run-1"'))).toMatch(
      /^error: review\.json:4:3: the review is not JSON: Expected ','/,
    )
    expect(refusal('<!doctype html>')).toContain('the review is not JSON')
  })

  it.each([
    ['a list', '[]', 'found an empty list'],
    ['nothing', 'null', 'found nothing'],
    ['a text', '"x"', 'found the text "x"'],
    ['a manifest', '{"v":1,"id":"x","suite":{}}', 'found a map with `v`, `id`, `suite`'],
  ])('is %s instead', (_, text, found) => {
    expect(refusal(text)).toMatch(
      /^error: review\.json:1:1: this is no review: expected a map with `v`, `run`/,
    )
    expect(refusal(text)).toContain(found)
    expect(refusal(text)).toContain('The page of a run (report.html) downloads a review.json')
  })

  it('is of a newer format, whatever else is in it', () => {
    expect(refusal('{\n  "v": 2,\n  "reviews": {}\n}')).toMatch(
      /^error: review\.json:2:3: the review was made by the page of a newer version of assay \(format 2, this one reads 1\)/,
    )
  })

  it.each([
    [
      'a key that is misspelt',
      '"note": "irony"',
      '"notes": "irony"',
      '15:7',
      'unknown key `notes`',
      'did you mean `note`?',
    ],
    [
      'a key that is none',
      '"suite": "sentiment",',
      '"suite": "sentiment", "by": "me",',
      '4:25',
      'unknown key `by`',
      'known keys: v, run, suite, reviews',
    ],
    [
      'a mark that is misspelt',
      '"judge_wrong"',
      '"judge-wrong"',
      '13:15',
      'unknown mark "judge-wrong": did you mean `judge_wrong`?',
      '',
    ],
    [
      'a mark that is none',
      '"judge_wrong"',
      '"fine"',
      '13:15',
      'unknown mark "fine": there are label_wrong, judge_wrong, acceptable, agree',
      '',
    ],
    ['a mark that is no text', '"judge_wrong"', 'true', '13:15', 'expected a mark: label_wrong', ''],
    [
      'an outcome that is none',
      '"outcome": "passed"',
      '"outcome": "maybe"',
      '12:18',
      'expected passed, failed or errored, got "maybe"',
      '',
    ],
    ['a time that is none', '2027-01-31T10:00:00.000Z', '31 January', '14:13', 'expected an ISO time', ''],
    ['a repeat below zero', '"repeat": 0', '"repeat": -1', '11:17', 'expected a number of at least 0', ''],
    [
      'a cell that is no digest',
      /"cell": "[0-9a-f]{16}"/.exec(TEXT)?.[0] ?? '',
      '"cell": "c-1"',
      '7:15',
      'expected the first 16 hex digits of the id of a cell',
      '',
    ],
    ['no run', '"run": "run-1",', '', '1:1', 'missing `run`', ''],
    [
      'a note of 20,001 characters',
      '"irony"',
      JSON.stringify('x'.repeat(20_001)),
      '15:15',
      'a note has at most 20000 characters',
      '',
    ],
    ['a version as text', '"v": 1', '"v": "1"', '2:8', 'expected the number 1', ''],
  ])('has %s, which is told in its place', (_, what, instead, place, message, hint) => {
    const said = refusal(changed(what, instead))
    expect(said).toContain(message)
    expect(said).toContain(hint)
    expect(said.split(' ')[1]).toBe(`review.json:${place}:`)
  })

  it('has several mistakes, which are told at once', () => {
    const text = changed('"judge_wrong"', '"wrong"').replace('"agree"', '"ok"').replace('"suite"', '"suit"')
    const said = refusal(text)
    expect(said.match(/^error: /gm)).toHaveLength(3)
    expect(said).toContain('did you mean `suite`?')
  })

  it('is what a run folder keeps', () => {
    expect(refusal('{"v":1,"reviews":[{"cellId":"x"}]}')).toContain('`assay review RUN` shows it')
  })

  it('is told without a place where it is very large', () => {
    const cells = Array.from({ length: 8_000 }, (_, i) =>
      markedCell(trialOf(`c-${i}`), i === 7_999 ? { mark: 'no' as 'agree' } : {}),
    )
    expect(refusal(JSON.stringify({ ...FILE, reviews: cells }))).toMatch(
      /^error: review\.json:1: reviews\[7999\]\.mark: unknown mark "no"/,
    )
  })
})
