import { describe, expect, it } from 'vitest'
import { FORMAT } from '../../../../../reports/html/data/about.ts'
import { renderPage, renderer } from '../../../../../reports/html/page.ts'
import { makeInput, text } from '../../../make-input.ts'
import { makeCell } from './make-cells.ts'
import { openPage, partsOf } from './open-page.ts'

const trials = Array.from({ length: 1_100 }, (_, i) =>
  makeCell({ cell: { caseId: `c${i}` }, output: `reply ${i}` }),
)
const PAGE = await text(renderer.render(makeInput({ trials })))

/** Where each inert block begins and ends in the file. */
const BLOCKS = [...PAGE.matchAll(/<script type="[^"]*" id="([^"]*)">[^<]*<\/script>/g)].map((match) => ({
  id: match[1] ?? '',
  start: match.index,
  end: match.index + match[0].length,
}))
const CUTS = BLOCKS.flatMap(({ id, start, end }) => [
  { where: `before ${id}`, at: start },
  { where: `in the tag of ${id}`, at: start + 20 },
  { where: `in the middle of ${id}`, at: (start + end) >> 1 },
  { where: `after ${id}`, at: end },
])

/** What a reader of the file gets: a sentence, or records that are the run's own. */
async function outcomeOf(html: string): Promise<string> {
  try {
    const { texts, main } = await openPage(html)
    const read = [0, 511, 512, 1_023, 1_024, 1_099].map(async (row) => {
      try {
        return (await texts.read('main', row)).output === `reply ${row}` ? 'read' : 'WRONG'
      } catch (error) {
        return (error as Error).message.includes('cut off')
          ? 'cut off'
          : `UNCLEAR: ${(error as Error).message}`
      }
    })
    expect(main.rows).toBe(1_100)
    return (await Promise.all(read)).join(', ')
  } catch (error) {
    return (error as Error).message
  }
}

describe('a page that was cut off', () => {
  it('has the blocks that the cuts are made in', () => {
    expect(BLOCKS.map(({ id }) => id)).toStrictEqual(
      expect.arrayContaining(['about', 'cases', 'numbers-main', 'text-main-0', 'text-main-1', 'text-main-2']),
    )
  })

  it.each(CUTS)('says so, or gives whole records, when it ends $where', async ({ at }) => {
    expect(await outcomeOf(PAGE.slice(0, at))).toMatch(
      /^(?:read|cut off)(?:, (?:read|cut off))*$|cut off.* Render it again|damaged.* Render it again/,
    )
  })

  it('gives the records of the blocks that are there', async () => {
    const third = BLOCKS.find(({ id }) => id === 'text-main-2')?.start
    expect(await outcomeOf(PAGE.slice(0, third))).toBe('read, read, read, read, cut off, cut off')
    expect(await outcomeOf(PAGE)).toBe('read, read, read, read, read, read')
  })

  it('ends with a marker, which no part of it has', () => {
    expect(PAGE).toMatch(/<i id="end" hidden><\/i>\n<\/body><\/html>\n$/)
    expect(PAGE.match(/id="end"/g)).toHaveLength(1)
  })

  it('is told from one with a damaged block', async () => {
    const damaged = PAGE.replace(/(id="text-main-1">.{40}).{40}/, `$1${'A'.repeat(40)}`)
    expect(await outcomeOf(damaged)).toBe('read, read, cut off, cut off, read, read')
  })
})

describe('a page of another format', () => {
  it.each([
    [FORMAT + 1, 'newer version'],
    ['x', 'damaged'],
  ])('is not read: %s', async (v, sentence) => {
    const other = PAGE.replace(`{"v":${FORMAT},`, `{"v":${JSON.stringify(v)},`)
    await expect(openPage(other)).rejects.toThrow(sentence)
  })
})

describe('a page that is too large for one file', () => {
  const many = makeInput({ trials })
  const sizeOf = (block: number) =>
    partsOf(PAGE).getElementById(`text-main-${block}`)?.textContent?.length ?? 0
  const TWO_BLOCKS = sizeOf(0) + sizeOf(1)

  it('has the rest beside it, and says so', async () => {
    const files: Record<string, string> = {}
    const beside = async (name: string, content: string) => {
      files[`report.data/${name}`] = content
      return `report.data/${name}`
    }
    const page = await text(renderPage(many, beside, TWO_BLOCKS))
    expect(Object.keys(files)).toStrictEqual(['report.data/text-main-2.js'])
    expect(page.includes('a part of its texts lies in the folder beside it')).toBe(true)
    expect(page.includes("'strict-dynamic'")).toBe(true)
    const { texts } = await openPage(page, files)
    expect((await texts.read('main', 1_099)).output).toBe('reply 1099')
    expect((await texts.read('main', 0)).output).toBe('reply 0')
    const lost = await openPage(page)
    await expect(lost.texts.read('main', 1_099)).rejects.toThrow('report.data/text-main-2.js is not there')
  })

  it('is one file where nothing may be put beside it', async () => {
    const page = await text(renderPage(many, undefined, TWO_BLOCKS))
    expect(page.includes('This file is very large')).toBe(true)
    expect(page.includes('strict-dynamic')).toBe(false)
    expect(partsOf(page).getElementById('text-main-2')).not.toBeNull()
  })
})
