import { describe, expect, it } from 'vitest'
import { compareRuns } from '../../../../harness/analyze/paired/compare-runs.ts'
import type { Arm, ArmColumn } from '../../../../harness/analyze/paired/arm.ts'
import type { Change } from '../../../../harness/model/comparison.ts'
import type { CellRecord } from '../../../../harness/model/trial.ts'
import { armOf, caseId, COLUMN, OPTIONS, singles, trialsOf } from './make-arm.ts'

const languages = (id: string): Partial<CellRecord> => ({
  metadata: { language: id < caseId(10) ? 'de' : 'en', tags: id < caseId(20) ? ['early'] : [], ticket: id },
})

function arm(signs: string): Arm {
  return armOf(trialsOf(singles(signs), COLUMN, languages))
}

describe('slices', () => {
  const { slices, why } = compareRuns(arm('+'.repeat(40)), arm(`${'-'.repeat(8)}${'+'.repeat(31)}-`), OPTIONS)

  it('are made of tags and of metadata with few values, by name', () => {
    expect(slices.map(({ slice, cases }) => [slice, cases])).toEqual([
      ['language: de', 10],
      ['language: en', 30],
      ['tag: early', 20],
    ])
  })

  it('are compared each by itself, and adjusted over all of them', () => {
    const [de, en] = slices
    expect(de).toMatchObject({ delta: -0.8, counts: { worse: 8, equal: 2, better: 0 } })
    expect(de?.pWorse).toBeCloseTo(0.5 ** 9, 12)
    expect(de?.pAdjusted).toBeCloseTo((3 * 0.5 ** 9) / 2, 12)
    expect(en?.delta).toBeCloseTo(-1 / 30, 12)
  })

  it('where the fallen cases lie more often than elsewhere are named', () => {
    expect(why[0]?.slices).toEqual([
      { slice: 'language: de', worse: 8, cases: 10 },
      { slice: 'tag: early', worse: 8, cases: 20 },
    ])
  })

  it('of fewer than five cases, and of all cases, are none', () => {
    const few = arm('++++')
    expect(compareRuns(few, few, OPTIONS).slices).toEqual([])
    const same = arm('+'.repeat(8))
    expect(compareRuns(same, same, OPTIONS).slices).toEqual([])
  })
})

describe('what has changed', () => {
  function changes(
    old: Partial<ArmColumn>,
    now: Partial<ArmColumn>,
    parts: Partial<Arm> = {},
  ): readonly Change[] {
    const side = (column: Partial<ArmColumn>, more: Partial<Arm> = {}) => ({
      ...armOf(trialsOf(singles('++')), { columns: [{ ...COLUMN, ...column }] }),
      ...more,
    })
    return compareRuns(side(old), side(now, parts), OPTIONS).changes
  }

  it('is nothing, where nothing has', () => {
    expect(changes({}, {})).toEqual([])
  })

  it('is a prompt’s text, word by word', () => {
    const [change] = changes(
      { promptHash: 'a', raw: 'Classify the mail.\nBe brief.' },
      { promptHash: 'b', raw: 'Classify the angry mail.\nBe brief.' },
    )
    expect(change).toMatchObject({
      kind: 'prompt',
      what: 'The prompt few-shot was edited: 1 word added, 0 removed.',
    })
    expect(change?.diff?.map(({ op }) => op)).toEqual(['same', 'added', 'same'])
    expect(change?.diff?.map(({ text }) => text).join('')).toBe('Classify the angry mail.\nBe brief.')
  })

  it('is a prompt whose older text is not on record', () => {
    expect(changes({ promptHash: 'a' }, { promptHash: 'b', raw: 'x' })[0]?.what).toBe(
      'The prompt few-shot was edited; the older text is not on record.',
    )
  })

  it('is a prompt in all its words: long texts that share nothing', () => {
    const text = (seed: string) => Array.from({ length: 3000 }, (_, i) => `${seed}${i}`).join(' ')
    const [change] = changes({ promptHash: 'a', raw: text('a') }, { promptHash: 'b', raw: text('b') })
    expect(change?.diff?.map(({ op }) => op)).toEqual(['removed', 'added'])
    expect(JSON.stringify(change).length).toBeLessThan(10_000)
  })

  it('is white space', () => {
    expect(changes({ promptHash: 'a', raw: 'x y' }, { promptHash: 'b', raw: 'x  y' })[0]?.what).toContain(
      'in white space only',
    )
  })

  it('is another model behind a label', () => {
    const [change] = changes(
      { configHash: 'a', providerId: 'bedrock:old' },
      { configHash: 'b', providerId: 'bedrock:new' },
    )
    expect(change).toMatchObject({
      kind: 'model',
      what: 'The model behind flash is bedrock:new; it was bedrock:old.',
    })
  })

  it('is the next model that a class stands for', () => {
    const [change] = changes(
      { configHash: 'a', providerId: 'sonnet-class', model: 'bedrock:sonnet-4' },
      { configHash: 'b', providerId: 'sonnet-class', model: 'bedrock:sonnet-5' },
    )
    expect(change).toMatchObject({
      kind: 'model',
      what: 'The model behind flash is bedrock:sonnet-5; it was bedrock:sonnet-4.',
    })
  })

  it('is another name for the same model', () => {
    const [change] = changes(
      { configHash: 'a', providerId: 'bedrock:sonnet-4' },
      { configHash: 'b', providerId: 'sonnet-class', model: 'bedrock:sonnet-4' },
    )
    expect(change).toMatchObject({
      kind: 'provider',
      what: 'flash is asked for as sonnet-class; it was as bedrock:sonnet-4.',
    })
  })

  it('is a setting, by name and value', () => {
    const [change] = changes(
      { configHash: 'a', providerId: 'p', config: { temperature: 0, nested: { top: 1 }, gone: true } },
      { configHash: 'b', providerId: 'p', config: { temperature: 0.7, nested: { top: 2 }, seed: 'x' } },
    )
    expect(change).toMatchObject({
      kind: 'provider',
      what: 'The config of flash has changed: gone is gone (was true), nested.top 1 → 2, seed x is new, temperature 0 → 0.7.',
    })
  })

  it('is the provider’s file, where only the column’s hash differs', () => {
    expect(changes({ hash: 'aa' }, { hash: 'bb' })[0]?.kind).toBe('provider_file')
    expect(changes({ hash: 'aa' }, { hash: 'aa-2' })).toEqual([])
  })

  it('is a grader, and the prices', () => {
    const base = {
      ...armOf(trialsOf(singles('++'))),
      graders: [{ id: 'judge', hash: '1' }],
      versions: { prices: 'a' },
    }
    const now = {
      ...armOf(trialsOf(singles('++'))),
      graders: [{ id: 'judge', hash: '2' }],
      versions: { prices: 'b' },
    }
    expect(compareRuns(base, now, OPTIONS).changes.map(({ kind }) => kind)).toEqual(['graders', 'prices'])
  })
})
