import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import { graderSpecs } from '../../../harness/verify/graders/graders.ts'
import { BUILTIN } from '../../../scripts/builtin.ts'
import { specOf, suiteOf } from '../execute/world.ts'

const at = { file: '/nowhere/suite.yaml', line: 7, column: 3 }
const suite = suiteOf({
  builtin: BUILTIN,
  providers: [specOf('judge', { id: 'echo', kind: 'promptfoo', account: 'echo' })],
})

describe('who grades is served as a provider is', () => {
  it.each([
    ['openai:chat:gpt-4o', { kind: 'builtin', account: 'openai:gpt-4o' }],
    [
      { id: 'bedrock:amazon.nova-lite-v1:0', config: { temperature: 0 } },
      { kind: 'builtin', account: 'bedrock:amazon.nova-lite-v1:0' },
    ],
    [
      { id: 'openai:gpt-4o', config: { account: 'judges' } },
      { kind: 'builtin', account: 'judges' },
    ],
    ['openai:embedding:text-embedding-3-small', { kind: 'promptfoo', account: 'openai' }],
    ['promptfoo:openai:chat:gpt-4o', { kind: 'promptfoo', account: 'openai' }],
    ['judge', { kind: 'promptfoo', account: 'echo' }],
  ])('%j', (written, spec) => {
    expect(graderSpecs(written, suite, at)).toMatchObject([spec])
  })

  it('by the model that a class stands for', () => {
    const model = BUILTIN.serve('bedrock:sonnet-class')?.meant
    expect(model).toMatch(/^bedrock:.*sonnet/)
    expect(graderSpecs({ text: 'bedrock:sonnet-class' }, suite, at)).toMatchObject([
      { key: 'bedrock:sonnet-class', kind: 'builtin', model, account: model },
    ])
  })

  it('and a class that nobody knows is refused at the check', () => {
    const read = () => graderSpecs('sonet-class', suite, at)
    expect(read).toThrow(HarnessError)
    expect(read).toThrow(expect.objectContaining({ at, hint: 'did you mean `sonnet-class`?' }) as Error)
  })
})
