import { describe, expect, it } from 'vitest'
import type { ProviderSpec } from '../../../harness/model/suite.ts'
import { readSuite } from '../../../harness/suite/read.ts'
import { modelCatalog } from '../../../providers/shared/model-catalog.ts'
import { placeOf, readFiles, refused, suiteFolder } from './suite-folder.ts'

const REST =
  'prompts: [{raw: one, label: one}, {raw: two, label: two}]\ntests: [{vars: {x: 1}, assert: [{type: contains, value: a}]}]\n'
const FILES = { 'p.ts': 'export default class {}', 'q.ts': 'export default class {}' }

async function read(
  providers: string,
  files: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<readonly ProviderSpec[]> {
  return (await readFiles({ 'suite.yaml': `${REST}${providers}\n`, ...FILES, ...files }, env)).providers
}

describe('a provider', () => {
  it('may be an id, options, a map by id, or a file', async () => {
    const specs = await read(
      'providers:\n  - echo\n  - {id: openai:gpt-5, label: five, delay: 5, transform: output.x}\n  - openai:gpt-4.1: {config: {temperature: 0}}\n  - file://p.ts',
    )
    expect(specs.map(({ key, id }) => [key, id])).toEqual([
      ['echo', 'echo'],
      ['five', 'openai:gpt-5'],
      ['openai:gpt-4.1', 'openai:gpt-4.1'],
      ['file://p.ts', 'file://p.ts'],
    ])
    expect(specs[1]).toMatchObject({ label: 'five', delay: 5, transform: 'output.x' })
    expect(specs[2]).toMatchObject({ config: { temperature: 0 } })
    expect(specs[3]?.path).toMatch(/\/p\.ts$/)
  })

  it('may be one of several in a YAML file', async () => {
    const specs = await read(
      'providers: [file://list.yaml]',
      {
        'list.yaml': '- {id: echo, label: a}\n- {id: echo, label: b, config: {k: "{{env.KEY}}"}}\n',
      },
      { KEY: 'secret' },
    )
    expect(specs.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(specs[1]).toMatchObject({
      config: { k: 'secret' },
      configAsWritten: { k: '{{env.KEY}}' },
      at: { line: 2 },
    })
  })

  it('keeps its config as written beside the one with secrets', async () => {
    const [spec] = await read('providers: [{id: echo, config: {k: "{{env.KEY}}"}}]', {}, { KEY: 'secret' })
    expect(spec).toMatchObject({ config: { k: 'secret' }, configAsWritten: { k: '{{env.KEY}}' } })
  })

  it('resolves its own env in its config', async () => {
    const [spec] = await read('providers: [{id: echo, env: {OWN: mine}, config: {k: "{{env.OWN}}"}}]')
    expect(spec?.config).toEqual({ k: 'mine' })
  })

  it('gets the delay of the suite, unless it has its own', async () => {
    const specs = await read(
      'evaluateOptions: {delay: 9}\nproviders: [echo, {id: echo, label: own, delay: 1}]',
    )
    expect(specs.map(({ delay }) => delay)).toEqual([9, 1])
  })

  it('without a label gets the filter of another with its id, as under promptfoo, and is warned of', async () => {
    const suite = await readFiles({
      'suite.yaml': `${REST}providers: [echo, {id: echo, label: e, prompts: [one]}]\n`,
    })
    expect(suite.providers.map(({ prompts }) => prompts)).toEqual([['one'], ['one']])
    expect(suite.warnings[0]?.message).toMatch(/gets the `prompts` filter of another/)
  })
})

describe('the account of a provider', () => {
  it('is what the config says, else the model that assay serves, else the scheme of the id, else the file', async () => {
    const specs = await read(
      'providers: [{id: openai:chat:a, label: a}, {id: openai:b, label: b, config: {account: mine}}, azure:chat:c, {id: file://p.ts, label: p}]',
    )
    expect(specs.map(({ account }) => account)).toEqual(['openai:a', 'mine', 'azure', 'p.ts'])
  })

  it('is one for one model, however it is asked for', async () => {
    const model = modelCatalog().idOfClass('bedrock:nova-lite-class') ?? ''
    const specs = await read(
      `providers: [nova-lite-class, '${model}', {id: bedrock:converse:${model.slice(8)}, config: {temperature: 0}}, {id: file://bedrock.ts, config: {model: nova-lite-class}}]`,
      { 'bedrock.ts': 'export default class {}' },
    )
    expect(new Set(specs.map(({ account }) => account))).toEqual(new Set([model]))
  })

  it('of a server of one’s own is one for all its models', async () => {
    const specs = await read('providers: [ollama:chat:a, ollama:b, simulated:flash, simulated]')
    expect(specs.map(({ account }) => account)).toEqual(['ollama', 'ollama', 'simulated', 'simulated'])
  })

  it('has what came out of the environment as it is written', async () => {
    const specs = await read(
      "providers: ['bedrock:{{env.MODEL}}', '{{env.WHOLE}}']",
      {},
      { MODEL: 'amazon.nova-lite-v1:0', WHOLE: 'openai:gpt-4o' },
    )
    expect(specs.map(({ account, kind }) => [account, kind])).toEqual([
      ['bedrock:{{env.MODEL}}', 'builtin'],
      ['{{env.WHOLE}}', 'builtin'],
    ])
  })

  it('is one for each of several providers in one file', async () => {
    const specs = await read(
      'providers: [{id: file://p.ts, label: a}, {id: file://p.ts, label: b}, {id: file://q.ts, label: c}]',
    )
    expect(specs.map(({ account }) => account)).toEqual(['p.ts#a', 'p.ts#b', 'q.ts'])
  })
})

describe('who makes a provider', () => {
  it('is code of the user’s, an adapter of assay’s, or promptfoo', async () => {
    const specs = await read(
      'providers: [file://p.ts, p.js, file://p.py, bedrock:amazon.nova-lite-v1:0, openai:gpt-4o, openai:embedding:x, echo, promptfoo:openai:gpt-4o, promptfoo:simulated-user]',
      { 'p.py': '', 'p.js': '' },
    )
    expect(specs.map(({ kind }) => kind)).toEqual([
      'file',
      'file',
      'promptfoo',
      'builtin',
      'builtin',
      'promptfoo',
      'promptfoo',
      'promptfoo',
      'promptfoo',
    ])
    expect(specs.at(-2)).toMatchObject({ id: 'promptfoo:openai:gpt-4o', account: 'openai' })
  })

  it('is promptfoo for every id where assay brings nothing', async () => {
    const cwd = await suiteFolder({ 'suite.yaml': `${REST}providers: [openai:gpt-4o]\n` })
    const { providers } = await readSuite('suite.yaml', { env: {}, cwd })
    expect(providers[0]).toMatchObject({ kind: 'promptfoo', account: 'openai' })
  })
})

describe('a class of models', () => {
  it('stands for the model that the list has for it now, and keeps its own name', async () => {
    const specs = await read(
      'providers: [sonnet-class, bedrock:haiku-class, {id: file://bedrock.ts, config: {model: haiku-class}}, {id: file://aisdk.ts, config: {vendor: anthropic, model: sonnet-class}}]',
      { 'bedrock.ts': 'export default class {}', 'aisdk.ts': 'export default class {}' },
    )
    const models = modelCatalog()
    expect(specs.map(({ key, model }) => [key, model])).toEqual([
      ['sonnet-class', models.idOfClass('sonnet-class')],
      ['bedrock:haiku-class', models.idOfClass('bedrock:haiku-class')],
      ['file://bedrock.ts', models.idOfClass('bedrock:haiku-class')],
      ['file://aisdk.ts', models.idOfClass('anthropic:sonnet-class')],
    ])
  })

  it('is none where a model is named', async () => {
    const specs = await read('providers: [bedrock:amazon.nova-lite-v1:0, openai:gpt-4o, echo]')
    expect(specs.map(({ model }) => model)).toEqual([undefined, undefined, undefined])
  })

  it.each([
    ['sonet-class', 'suite.yaml:4:5', 'did you mean `sonnet-class`?'],
    ['bedrock:sonet-class', 'suite.yaml:4:5', 'did you mean `sonnet-class`?'],
    ['bedrock:flash-class', 'suite.yaml:4:5', 'it has one as `google:flash-class`'],
    [
      '{id: file://bedrock.ts, config: {temperature: 0, model: sonet-class}}',
      'suite.yaml:4:61',
      'did you mean `sonnet-class`?',
    ],
  ])('that nobody knows is refused: %s', async (provider, place, hint) => {
    const files = { 'bedrock.ts': 'export default class {}' }
    const error = await refused(read(`providers:\n  - ${provider}`, files))
    expect(error).toMatchObject({ exitCode: 2, hint })
    expect(`${placeOf(error)}:${error.at?.column}`).toBe(place)
  })
})

describe('a mistake in the providers', () => {
  it.each([
    ['an unknown id', 'providers:\n  - opnai:gpt-5', /unknown provider `opnai:gpt-5`/],
    [
      'an unknown id of promptfoo’s',
      'providers:\n  - promptfoo:opnai:x',
      /unknown provider `promptfoo:opnai:x`/,
    ],
    ['a missing file', 'providers:\n  - file://nope.ts', /file not found/],
    ['a file outside the project', 'providers:\n  - file://../../elsewhere.ts', /outside the project/],
  ])('refuses %s', async (_, providers, message) => {
    const error = await refused(read(providers))
    expect(error.message).toMatch(message)
    expect(placeOf(error)).toBe('suite.yaml:4')
  })

  it('refuses two providers of one key, naming both places', async () => {
    const error = await refused(read('providers:\n  - echo\n  - {id: echo}'))
    expect(placeOf(error)).toBe('suite.yaml:5')
    expect(error.message).toMatch(/key `echo`.*suite\.yaml:4/)
  })

  it('refuses a filter that names no prompt, and suggests one', async () => {
    const error = await refused(read('providers: [{id: echo, prompts: [onne]}]'))
    expect(error).toMatchObject({ message: 'there is no prompt `onne`', hint: 'did you mean `one`?' })
  })
})
