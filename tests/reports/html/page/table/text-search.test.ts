import { expect, it } from 'vitest'
import { parseFilter } from '../../../../../reports/html/page/filter/parse.ts'
import { createVocabulary } from '../../../../../reports/html/page/filter/vocabulary.ts'
import type { FullTextSearch } from '../../../../../reports/html/page/model/report-data.ts'
import { createTextSearch, searchGroups } from '../../../../../reports/html/page/table/text-search.ts'
import { makeReport } from './make-report.ts'

const vocabulary = createVocabulary(makeReport())
const groupsOf = (text: string) => searchGroups(parseFilter(text, vocabulary).terms, vocabulary)

/** A search whose answers the test gives. */
function heldSearch() {
  const asked: {
    words: readonly string[]
    tell: (rows: number[], done: number) => void
    end: (rows: number[]) => void
    fail: (error: Error) => void
  }[] = []
  const search: FullTextSearch = {
    find: (words, onProgress) =>
      new Promise((resolve, reject) => {
        asked.push({
          words,
          tell: (rows, done) => onProgress(Uint32Array.from(rows), done, 4),
          end: (rows) => resolve(Uint32Array.from(rows)),
          fail: reject,
        })
      }),
    stop() {},
  }
  return { search, asked }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

const bits = (found: Uint8Array | undefined) => found && [...found.keys()].filter((row) => found[row] === 1)

it('looks for words together that name no case, and alone for those that do or must not be there', () => {
  expect(groupsOf('sorry refund gone -thanks status:failed')).toEqual([
    ['sorry', 'gone'],
    ['refund'],
    ['thanks'],
  ])
  expect(groupsOf('status:failed')).toEqual([])
})

it('tells what was found so far, then all of it, and asks for nothing twice', async () => {
  const { search, asked } = heldSearch()
  let changes = 0
  const text = createTextSearch(10, search, () => changes++)
  text.want([['sorry']])
  expect(text.progress()).toEqual({ done: 0, found: 0 })
  await until(() => asked.length === 1)
  asked[0]?.tell([2], 1)
  expect(text.progress()).toEqual({ done: 0.25, found: 1 })
  expect(bits(text.found(['sorry']))).toEqual([2])
  asked[0]?.end([2, 7])
  await until(() => text.progress() === undefined)
  expect(bits(text.found(['SORRY']))).toEqual([2, 7])
  expect(changes).toBe(2)
  text.want([['sorry'], ['refund']])
  await until(() => asked.length === 2)
  expect(asked[1]?.words).toEqual(['refund'])
})

it('forgets a search that is no longer wanted, whatever comes of it', async () => {
  const { search, asked } = heldSearch()
  const text = createTextSearch(10, search, () => {})
  text.want([['old']])
  await until(() => asked.length === 1)
  text.want([['new']])
  await until(() => asked.length === 2)
  asked[0]?.tell([1], 4)
  asked[0]?.end([1])
  asked[1]?.end([5])
  await until(() => text.progress() === undefined)
  expect(bits(text.found(['new']))).toEqual([5])
  expect(bits(text.found(['old']))).toEqual([])
  text.want([['old']])
  await until(() => asked.length === 3)
})

it('says why texts cannot be searched', async () => {
  const { search, asked } = heldSearch()
  const text = createTextSearch(10, search, () => {})
  text.want([['x']])
  await until(() => asked.length === 1)
  asked[0]?.fail(new Error('the file is cut off'))
  await until(() => text.problem() !== undefined)
  expect(text.problem()).toBe('Texts cannot be searched: the file is cut off')
  expect(text.progress()).toBeUndefined()
})
