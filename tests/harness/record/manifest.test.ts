import { describe, expect, it } from 'vitest'
import { makeManifest } from '../../../harness/record/manifest.ts'
import { manifestSchema } from '../../../harness/record/schema/manifest.ts'
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
      { key: 'sonnet', id: 'openai:gpt-4', account: 'openai' },
    ])
    expect(JSON.stringify(manifest)).not.toContain('resolved-secret')
  })

  it('reads back as it was written', () => {
    expect(manifestSchema.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest)
  })
})
