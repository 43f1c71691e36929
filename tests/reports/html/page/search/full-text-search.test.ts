import { describe, expect, it } from 'vitest'
import { renderer } from '../../../../../reports/html/page.ts'
import { makeInput, text } from '../../../make-input.ts'
import { makeCell } from '../read/make-cells.ts'
import { openPage } from '../read/open-page.ts'

const trials = Array.from({ length: 1_200 }, (_, i) =>
  makeCell({ cell: { caseId: `c${i}` }, output: i % 400 === 7 ? `a Refund of ${i}` : `reply ${i}` }),
)
const PAGE = await text(renderer.render(makeInput({ trials })))

describe('full-text search where no worker may be started', () => {
  it('finds rows of every block, and tells how far it is', async () => {
    const { search } = await openPage(PAGE)
    const told: [number[], number, number][] = []
    const found = await search.find(['refund'], (rows, done, of) => told.push([[...rows], done, of]))
    expect([...found]).toStrictEqual([7, 407, 807])
    expect(told).toStrictEqual([
      [[7, 407], 1, 3],
      [[7, 407, 807], 2, 3],
      [[7, 407, 807], 3, 3],
    ])
  })

  it('ends a search when another begins, or when it is stopped', async () => {
    const { search } = await openPage(PAGE)
    const first = search.find(['reply'], () => expect.unreachable('the first search went on'))
    const second = search.find(['refund'], () => {})
    expect([...(await second)]).toStrictEqual([7, 407, 807])
    expect(await first).toHaveLength(0)
    const third = search.find(['reply'], () => expect.unreachable('a stopped search went on'))
    search.stop()
    expect(await third).toHaveLength(0)
  })

  it('tells of blocks that could not be searched, after what the others hold', async () => {
    const { search } = await openPage(PAGE.slice(0, PAGE.indexOf('id="text-main-2"') - 10))
    let last: number[] = []
    const found = search.find(['refund'], (rows) => (last = [...rows]))
    await expect(found).rejects.toThrow('1 of 3 blocks of texts are missing or damaged')
    expect(last).toStrictEqual([7, 407, 807])
  })

  it('has nothing to find in a run without cells', async () => {
    const { search } = await openPage(await text(renderer.render(makeInput({ trials: [] }))))
    expect(await search.find(['a'], () => {})).toHaveLength(0)
  })
})
