import { describe, expect, it } from 'vitest'
import type { Selection } from '../../../harness/model/plan.ts'
import type { SelectionRecord } from '../../../harness/model/run-options.ts'
import { makeManifest, mergeAccounts, resumedManifest } from '../../../harness/record/manifest.ts'
import { manifestSchema } from '../../../harness/record/schema/manifest.ts'
import { recordSelection, selectionOf } from '../../../harness/record/selection-record.ts'
import { MANIFEST_INPUT } from './make-manifest-input.ts'

describe('a manifest', () => {
  const manifest = makeManifest(MANIFEST_INPUT)

  it('says what was run, and names each prompt once', () => {
    expect(manifest).toMatchObject({
      v: 1,
      suite: { name: 'sentiment', file: 'suite.yaml', hash: 'suite-hash', description: 'mails' },
      columns: [
        { prompt: 'zero-shot', provider: 'flash', hash: 'hash-0' },
        { prompt: 'zero-shot', provider: 'sonnet', hash: 'hash-1' },
      ],
      prompts: [{ key: 'zero-shot', raw: 'Is {{text}} positive?', file: 'suite.yaml' }],
      cells: { planned: 60, cases: 10 },
      repeat: 3,
      seed: 7,
      startedAt: '2026-01-31T14:25:30.123Z',
      warnings: ['/w/suite.yaml:3:5: two cases are alike', 'plain'],
    })
  })

  it('holds configurations as written, never what the environment filled in', () => {
    expect(manifest.providers).toEqual([
      {
        key: 'flash',
        id: 'file://flash.ts',
        account: 'local',
        config: { apiKey: '{{env.FLASH_KEY}}' },
        notice: 'Not a language model.',
      },
      { key: 'sonnet', id: 'sonnet-class', account: 'bedrock:sonnet', model: 'bedrock:sonnet-4' },
    ])
    expect(JSON.stringify(manifest)).not.toContain('resolved-secret')
  })

  it('reads back as it was written', () => {
    expect(manifestSchema.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest)
  })

  it('of a run that is gone on with is of the suite as it stands now, begun when and how it was', () => {
    const options = { selection: { tags: ['critical'] }, concurrency: 3 }
    const earlier = {
      ...makeManifest({ ...MANIFEST_INPUT, options }),
      endedAt: '2026-01-31T15:00:00.000Z',
      interrupted: true,
      warnings: ['plain', 'put right', 'of late'],
      suiteWarnings: 2,
    }
    const again = {
      ...MANIFEST_INPUT,
      id: 'other',
      planned: 70,
      command: ['resume', 'last'],
      startedAt: new Date('2026-02-01T00:00:00.000Z'),
      seed: undefined,
    }
    const resumed = resumedManifest(makeManifest(again), earlier)
    expect(resumed).toMatchObject({
      id: MANIFEST_INPUT.id,
      cells: { planned: 70 },
      seed: 7,
      options,
      command: ['run', 'suite.yaml'],
      startedAt: '2026-01-31T14:25:30.123Z',
      warnings: ['/w/suite.yaml:3:5: two cases are alike', 'plain', 'of late'],
      suiteWarnings: 2,
      resumed: [{ at: '2026-02-01T00:00:00.000Z', command: ['resume', 'last'] }],
    })
    expect(resumed).not.toHaveProperty('endedAt')
    expect(resumed).not.toHaveProperty('interrupted')
    expect(resumedManifest(makeManifest(again), resumed).resumed).toHaveLength(2)
    expect(manifestSchema.parse(JSON.parse(JSON.stringify(resumed)))).toEqual(resumed)
  })

  it('has the calls of an account over all sessions', () => {
    const skew = (account: string, hour: number, calls: number) => ({
      account,
      startedAt: `2026-01-31T0${hour}:00:00.000Z`,
      endedAt: `2026-01-31T0${hour}:30:00.000Z`,
      calls,
    })
    expect(mergeAccounts([skew('a', 1, 10), skew('b', 1, 5)], [skew('c', 3, 1), skew('a', 3, 2)])).toEqual([
      { ...skew('a', 1, 12), endedAt: '2026-01-31T03:30:00.000Z' },
      skew('b', 1, 5),
      skew('c', 3, 1),
    ])
  })
})

describe('a selection', () => {
  it('reads back from JSON as it was', () => {
    const selection: Selection = {
      filter: /refund\b/iu,
      tags: ['a'],
      providers: ['p*'],
      prompts: ['q'],
      repeat: 3,
      sample: { n: 5, seed: 2 },
      cellIds: new Set(['x', 'y']),
    }
    const json: unknown = JSON.parse(JSON.stringify(recordSelection(selection)))
    expect(selectionOf(json as SelectionRecord)).toEqual(selection)
    expect(selectionOf(recordSelection({}))).toEqual({})
  })
})
