import { describe, expect, it } from 'vitest'
import type { ArmColumn } from '../../../harness/analyze/paired/arm.ts'
import { ScoreTable } from '../../../harness/analyze/paired/score-table.ts'
import type { OpenedBaseline } from '../../../harness/baseline/open-baseline.ts'
import type { Column } from '../../../harness/model/cell.ts'
import type { Prompt } from '../../../harness/model/prompt.ts'
import type { Manifest } from '../../../harness/model/run.ts'
import type { ProviderSpec } from '../../../harness/model/suite.ts'
import { baselineColumn } from '../../../harness/reruns/baseline-columns.ts'
import { BUILTIN } from '../../../scripts/builtin.ts'
import { promptOf, specOf, suiteOf } from '../execute/world.ts'

const NAME = { prompt: 'p', provider: 'm' }

interface Then {
  readonly hash?: string
  readonly prompt?: Partial<Manifest['prompts'][number]>
  readonly provider?: Partial<ArmColumn>
  readonly record?: boolean
}

interface Now {
  readonly prompt?: Partial<Prompt>
  readonly provider?: Partial<ProviderSpec>
}

function columnThen({ hash = 'then', prompt = {}, provider = {}, record = true }: Then, now: Now = {}) {
  const like: Column = {
    index: 0,
    prompt: { ...promptOf('Now {{q}}', { key: 'p' }), ...now.prompt },
    provider: { ...specOf('m'), id: 'told', configAsWritten: { t: 1 }, ...now.provider },
    hash: 'now',
    providerHash: '',
  }
  const column: ArmColumn = {
    ...NAME,
    hash,
    promptHash: '',
    configHash: '',
    providerId: 'told',
    config: { t: 1 },
    ...provider,
  }
  const manifest = {
    prompts: [{ key: 'p', raw: 'Then {{q}}', file: 'suite.yaml', ...prompt }],
  } as unknown as Manifest
  const baseline: OpenedBaseline = {
    name: 'baseline.json',
    kind: 'baseline',
    margin: null,
    arm: {
      about: { name: '', kind: 'baseline', runId: '', at: '', replies: true },
      columns: [column],
      repeat: 1,
      versions: {},
      suite: { name: 's', hash: '' },
      table: new ScoreTable([NAME]),
    },
    ...(record && { record: { dir: '/', manifest, async *trials() {} } }),
  }
  const suite = suiteOf({ prompts: [like.prompt], providers: [like.provider], builtin: BUILTIN })
  return { like, found: baselineColumn(NAME, like, { baseline, suite, env: { TEMPERATURE: '0.5' } }) }
}

describe('a column of a baseline that is to be run again', () => {
  it('that is the same is the suite’s own under another name, code included', () => {
    const compute = () => 'computed'
    const { found, like } = columnThen({ hash: 'now', record: false }, { prompt: { function: compute } })
    expect(found).toEqual({ prompt: { ...like.prompt, key: 'p@baseline' }, provider: like.provider })
  })

  it('says what its prompt said then, and keeps the label that cases choose it by', () => {
    const { found, like } = columnThen({ prompt: { config: { max: 1 } } })
    expect(found).toMatchObject({
      prompt: { key: 'p@baseline', raw: 'Then {{q}}', label: like.prompt.label, config: { max: 1 } },
    })
    expect(found).toHaveProperty('provider', like.provider)
  })

  it('asks the model that it was then, its environment resolved now', () => {
    const config = { temperature: '{{env.TEMPERATURE}}' }
    const { found, like } = columnThen({ provider: { providerId: 'older', config } })
    expect(found).toMatchObject({
      provider: {
        key: 'm@baseline',
        id: 'older',
        configAsWritten: config,
        config: { temperature: '0.5' },
        account: like.provider.account,
      },
    })
  })

  it('asks the model that its class stood for then, on an account of its own', () => {
    const now = {
      id: 'sonnet-class',
      kind: 'builtin',
      model: 'bedrock:sonnet-new',
      account: 'bedrock:sonnet-new',
      configAsWritten: undefined,
    } as const
    const then = { providerId: 'sonnet-class', model: 'bedrock:anthropic.sonnet-old', config: undefined }
    expect(columnThen({ provider: then }, { provider: now }).found).toMatchObject({
      provider: {
        id: 'sonnet-class',
        kind: 'builtin',
        model: 'bedrock:anthropic.sonnet-old',
        account: 'bedrock:anthropic.sonnet-old',
      },
    })
    const same = columnThen({ provider: { ...then, model: now.model } }, { provider: now })
    expect(same.found).toHaveProperty('provider', same.like.provider)
  })

  it('asks a file for the model that the class in its settings stood for then', () => {
    const config = { model: 'sonnet-class' }
    const path = '/project/providers/bedrock.ts'
    const now = { id: 'told', path, model: 'bedrock:sonnet-new', config, configAsWritten: config }
    const then = { providerId: 'told', model: 'bedrock:anthropic.sonnet-old', config }
    expect(columnThen({ provider: then }, { provider: now }).found).toMatchObject({
      provider: { path, kind: 'file', model: 'bedrock:anthropic.sonnet-old', configAsWritten: config },
    })
  })

  it('is told of where the code of its provider alone has changed', () => {
    const { found } = columnThen(
      { prompt: { raw: 'Now {{q}}' } },
      { provider: { path: '/project/provider.ts' } },
    )
    expect(found).toMatchObject({ warning: expect.stringContaining('the code of m is another now') })
  })

  it.each<[string, Then, Now, string]>([
    [
      'there is no record of it',
      { record: false },
      {},
      'what the prompt p said in the baseline is not on record',
    ],
    [
      'its prompt was made by other code',
      { prompt: { function: true } },
      {},
      'made by code that is another now',
    ],
    ['its prompt held a secret', { prompt: { raw: 'Then [redacted:token] {{q}}' } }, {}, 'held a secret'],
    ['its settings held a secret', { provider: { config: { key: '[redacted:key]' } } }, {}, 'held a secret'],
    ['its file is gone', { provider: { providerId: 'file://gone.ts' } }, {}, 'is not there any more'],
  ])('cannot be run where %s', (_why, then, now, message) => {
    expect(columnThen(then, now).found).toContain(message)
  })
})
