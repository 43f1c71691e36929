import { describe, expect, it } from 'vitest'
import type { ExtraColumn } from '../../../harness/model/plan.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { caseOf, casesOf, promptOf, specOf, suiteOf } from '../execute/world.ts'

const prompt = promptOf('Now {{q}}', { key: 'p' })
const spec = specOf('m')
const suite = suiteOf({ prompts: [prompt], providers: [spec], tests: casesOf(3) })
const then: ExtraColumn = {
  prompt: { ...promptOf('Then {{q}}', { key: 'p@baseline' }), label: prompt.label },
  provider: spec,
  role: 'baseline',
  baseline: { prompt: 'p', provider: 'm' },
  repeats: { from: 2 },
}

async function named(...args: Parameters<typeof makePlan>): Promise<string[]> {
  const cells = await Array.fromAsync((await makePlan(...args)).cells())
  return cells.map(({ case: { id }, repeat, column }) => `${id}/${repeat}/${column.prompt.key}`)
}

describe('columns of a baseline that are run beside', () => {
  it('go case by case and repeat by repeat with the others, with repeats of their own', async () => {
    expect(await named(suite, { repeat: 2, extra: [then] })).toEqual(
      ['c0', 'c1', 'c2'].flatMap((id) => [
        `${id}/0/p`,
        `${id}/2/p@baseline`,
        `${id}/1/p`,
        `${id}/3/p@baseline`,
      ]),
    )
  })

  it('are counted apart: they are no part of what the run measures', async () => {
    const { size } = await makePlan(suite, { repeat: 2, extra: [then] })
    expect(size).toMatchObject({ cells: 12, besideCells: 6, repeats: 2, cases: 3 })
  })

  it('never have the id of another cell, even where their content is the same', async () => {
    const same = { ...then, prompt: { ...prompt, key: 'p@baseline' } }
    const plan = await makePlan(suite, { repeat: 2, extra: [same] })
    const ids = (await Array.fromAsync(plan.cells())).map(({ id }) => id)
    expect(new Set(ids).size).toBe(12)
  })

  it('are chosen by the filters of cases as what they stand for is', async () => {
    const tests = [
      caseOf({ metadata: { id: 'a' }, prompts: [prompt.label] }),
      caseOf({ metadata: { id: 'b' }, prompts: ['other'] }),
    ]
    const other = promptOf('Other {{q}}', { key: 'other', label: 'other' })
    const filtered = suiteOf({ prompts: [prompt, other], providers: [spec], tests })
    expect(await named(filtered, { extra: [then] })).toEqual(['a/0/p', 'a/2/p@baseline', 'b/0/other'])
  })

  it('leave out cases whose checks compare columns', async () => {
    const assert = [{ type: 'select-best', value: 'the best' }]
    const two = [prompt, promptOf('Other {{q}}', { key: 'other' })]
    const tests = [caseOf({ metadata: { id: 'a' }, assert }), caseOf({ metadata: { id: 'b' } })]
    const comparing = suiteOf({ prompts: two, providers: [spec], tests })
    const cells = await named(comparing, { extra: [then] })
    expect(cells.filter((name) => name.endsWith('@baseline'))).toEqual(['b/2/p@baseline'])
  })

  it('go with the single cells that were asked for', async () => {
    const plan = await makePlan(suite)
    const [, second] = await Array.fromAsync(plan.cells())
    const cellIds = new Set([second?.id ?? ''])
    expect(await named(suite, { cellIds, extra: [then] })).toEqual(['c1/0/p', 'c1/2/p@baseline'])
  })
})

describe('columns that are run again alone', () => {
  it('answer the cases they name, as often as they say, and count as what the run is about', async () => {
    const again: ExtraColumn = {
      prompt,
      provider: spec,
      role: 'candidate',
      repeats: { from: 5, count: 2 },
      cases: new Set(['c1']),
    }
    const selection = { extra: [again], onlyExtra: true }
    expect(await named(suite, selection)).toEqual(['c1/5/p', 'c1/6/p'])
    const { size, columns } = await makePlan(suite, selection)
    expect(size).toMatchObject({ cells: 2, cases: 1 })
    expect(size.besideCells).toBeUndefined()
    // The same column: its cells differ from those before by the repeat alone.
    expect(columns[0]?.hash).toBe((await makePlan(suite)).columns[0]?.hash)
  })
})

describe('a random order', () => {
  it('depends on the seed and the ids alone', async () => {
    const many = suiteOf({ prompts: [prompt], providers: [spec], tests: casesOf(30) })
    const reversed = suiteOf({ prompts: [prompt], providers: [spec], tests: casesOf(30).reverse() })
    const one = await named(many, { shuffle: 1 })
    expect(one).toEqual(await named(reversed, { shuffle: 1 }))
    expect(one).not.toEqual(await named(many, { shuffle: 2 }))
    expect(one.toSorted()).toEqual((await named(many)).toSorted())
  })
})
