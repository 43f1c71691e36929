import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../../harness/model/errors.ts'
import Bedrock from '../../../providers/bedrock.ts'
import { ENV, MODEL, bedrock, type Metadata } from './asked.ts'
import { replay } from './wire-server.ts'

/** On which day the tests are run. */
const CLOCK = { now: () => 0, wallClock: () => new Date('2026-11-26T12:00:00Z') }

function mistake(config: Record<string, unknown>, env: Record<string, string> = {}): ConfigError {
  let found: unknown
  try {
    expect(
      new Bedrock({ config: { model: MODEL, ...config }, env: { ...ENV, ...env } }, CLOCK),
    ).toBeUndefined()
  } catch (error) {
    found = error
  }
  expect(found).toBeInstanceOf(ConfigError)
  return found as ConfigError
}

function warnings(model: string, region = 'us-east-1'): readonly string[] {
  return new Bedrock({ config: { model, region }, env: ENV }, CLOCK).warnings
}

describe('a config', () => {
  it.each([
    [{ maxTokenz: 5 }, 'bedrock knows no config key `maxTokenz`', 'did you mean `maxTokens`?', ['maxTokenz']],
    [
      { guardRailIdentifer: 'x' },
      'bedrock knows no config key `guardRailIdentifer`',
      'did you mean `guardrailIdentifier`?',
      ['guardRailIdentifer'],
    ],
    [
      { inferenceConfig: { maxToken: 1 } },
      'bedrock knows no config key `inferenceConfig.maxToken`',
      undefined,
      ['inferenceConfig', 'maxToken'],
    ],
    [
      { mcp: { enabled: true } },
      'bedrock: no `mcp` here',
      'promptfoo itself serves it: write `promptfoo:` before the provider id',
      ['mcp'],
    ],
    [
      { cost: 0.1 },
      'bedrock: no `cost` here',
      'a price of your own goes into the file that `assay.prices` names',
      ['cost'],
    ],
  ])('with a key that nobody knows is refused: %j', (config, message, hint, path) => {
    const error = mistake(config)
    expect([error.message, error.hint, error.path, error.isKey]).toEqual([message, hint, path, true])
  })

  it.each([
    [{ max_tokens: 5, maxTokens: 6 }, '`maxTokens` and `max_tokens`', ['max_tokens']],
    [
      { temperature: 0, inferenceConfig: { temperature: 1 } },
      '`temperature` and `inferenceConfig.temperature`',
      ['inferenceConfig', 'temperature'],
    ],
    [{ stop: ['a'], stopSequences: ['b'] }, '`stopSequences` and `stop`', ['stop']],
    [{ serviceTier: 'flex', service_tier: 'priority' }, '`serviceTier` and `service_tier`', ['service_tier']],
    [
      { guardrail: 'a:1', guardrailIdentifier: 'b' },
      '`guardrailIdentifier` and `guardrail.id`',
      ['guardrail', 'id'],
    ],
    [{ tool_choice: 'any', toolChoice: 'auto' }, '`toolChoice` and `tool_choice`', ['tool_choice']],
  ])('that says one thing by two names, and not the same, is refused: %j', (config, names, path) => {
    const error = mistake(config)
    expect(error.message).toBe(`bedrock: ${names} are two names of one thing, and say different things`)
    expect(error.path).toEqual(path)
  })

  it.each([
    [{ temperature: 'warm' }, ['temperature'], /expected number/],
    [{ topP: 1.5 }, ['topP'], /<=1/],
    [{ maxTokens: 0 }, ['maxTokens'], />=1/],
    [{ api: 'responses' }, ['api'], /"converse-stream"/],
    [{ endpoint: 'nowhere' }, ['endpoint'], /URL/],
    [{ region: 'us_east_1' }, ['region'], /config\.region: `us_east_1` is no region/],
    [{ cachePoint: '10m' }, ['cachePoint'], /expected true, 5m, 1h/],
    [
      { cachePoint: [{ after: 'tools' }, { after: 'system', ttl: '1h' }] },
      ['cachePoint'],
      /`system` is kept longer than what stands after `tools`/,
    ],
    [
      {
        cachePoint: [
          { after: 'system', ttl: '5m' },
          { after: 'messages', ttl: '1h' },
        ],
      },
      ['cachePoint'],
      /`messages` is kept longer/,
    ],
    [
      { serviceTier: 'batch' },
      ['serviceTier'],
      /expected one of default, standard, flex, priority, reserved/,
    ],
    [{ guardrailVersion: '1' }, ['guardrailVersion'], /without a guardrail/],
    [{ tools: [{ toolSpec: {} }] }, ['tools', 0], /not a tool/],
    [{ tools: 'file://nowhere.json' }, ['tools'], /ENOENT/],
    [{ toolChoice: 'sometimes' }, ['toolChoice'], /no such choice/],
    [{ response_format: { type: 'json_object' } }, ['response_format'], /expected a JSON schema/],
    [{ streaming: true, api: 'invoke' }, ['streaming'], /contradicts/],
  ])('with a wrong value is refused: %j', (config, path, message) => {
    const error = mistake(config)
    expect(error.path).toEqual(path)
    expect(error.message).toMatch(message)
    expect(error.message).toMatch(/^bedrock: /)
  })

  it('without a model is refused, where the id names none', () => {
    expect(() => new Bedrock({ id: 'file:///x/providers/bedrock.ts' })).toThrow(
      'bedrock: config.model is missing',
    )
    expect(() => new Bedrock()).toThrow('bedrock: config.model is missing')
  })

  it('with a variable of the environment that is no number is refused', () => {
    expect(mistake({}, { AWS_BEDROCK_TEMPERATURE: 'warm' }).message).toMatch(
      /AWS_BEDROCK_TEMPERATURE is `warm`/,
    )
  })

  it('may have all of promptfoo’s own keys', () => {
    const config = {
      model: MODEL,
      basePath: '/somewhere',
      inferenceConfig: { maxTokens: 5 },
      interfaceConfig: { max_new_tokens: 5, temperature: 0 },
      textGenerationConfig: { maxTokenCount: 5, topP: 1 },
      performanceConfig: { latency: 'optimized' },
      serviceTier: { type: 'priority' },
      reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' },
      reasoning_effort: 'low',
      thinking: { type: 'adaptive' },
      showThinking: false,
      anthropic_version: 'bedrock-2023-05-31',
      inferenceModelType: 'claude',
      frequency_penalty: 0.1,
      presence_penalty: 0,
      toolConfig: {
        tools: [{ toolSpec: { name: 'f', inputSchema: { json: {} } } }],
        toolChoice: { auto: {} },
      },
      guardrailIdentifier: 'gr',
      guardrailVersion: 1,
      trace: 'ENABLED',
    }
    expect(() => new Bedrock({ config, env: ENV }, CLOCK)).not.toThrow()
  })

  it('may have numbers as digits: what a template of the environment leaves', async () => {
    await using server = await replay('converse-stream')
    await bedrock(server, { maxTokens: '64', temperature: '0.5' }).callApi('x')
    expect(server.bodies[0]?.['inferenceConfig']).toEqual({ maxTokens: 64, temperature: 0.5 })
  })

  it('may have its tools and its schema in files', async () => {
    const basePath = mkdtempSync(join(tmpdir(), 'assay-bedrock-'))
    writeFileSync(join(basePath, 'tools.yaml'), '- name: f\n- name: g\n')
    writeFileSync(join(basePath, 'schema.json'), '{"type":"object"}')
    await using server = await replay('converse-stream')
    const config = {
      basePath,
      tools: ['file://tools.yaml', { name: 'h' }],
      outputSchema: 'file://schema.json',
    }
    await bedrock(server, config).callApi('x')
    expect(server.bodies[0]).toMatchObject({
      toolConfig: {
        tools: [{ toolSpec: { name: 'f' } }, { toolSpec: { name: 'g' } }, { toolSpec: { name: 'h' } }],
      },
      outputConfig: { textFormat: { structure: { jsonSchema: { schema: '{"type":"object"}' } } } },
    })
  })

  it.each([
    [{ maxTokenz: 1 }, /bedrock knows no config key `maxTokenz`/],
    [{ region: 'eu-west-1' }, /`region` is the provider's to say, not a prompt's/],
  ])('of a prompt is as strict, and a mistake in it a failure: %j', async (config, message) => {
    await using server = await replay('converse-stream')
    const prompt = { raw: 'x', label: 'x', config }
    const { error, metadata } = await bedrock(server).callApi('x', { vars: {}, prompt })
    expect(error).toMatch(message)
    expect((metadata as Metadata).failure?.kind).toBe('invalid')
    expect(server.requests).toHaveLength(0)
  })
})

describe('a model', () => {
  it.each([
    ['sonnet-class', /^bedrock:.*anthropic\.claude-sonnet/],
    ['nova-lite-class', /^bedrock:.*amazon\.nova-lite/],
  ])('may be a class, by its name in the config: %s', (model, id) => {
    for (const own of [undefined, 'file:///work/providers/bedrock.ts'])
      expect(new Bedrock({ id: own, config: { model }, env: ENV }, CLOCK).id()).toMatch(id)
  })

  it('may be named by the id of the provider, with the API or without', () => {
    for (const id of [`bedrock:${MODEL}`, `bedrock:converse:${MODEL}`]) {
      const provider = new Bedrock({ id, env: ENV }, CLOCK)
      expect([provider.id(), provider.billing]).toEqual([`bedrock:${MODEL}`, { vendor: 'aws', model: MODEL }])
    }
    expect(new Bedrock({ id: 'bedrock:haiku-class', env: ENV }, CLOCK).billing.model).toMatch(/claude-haiku/)
  })

  it('of a class that nobody knows is refused, with the one it resembles', () => {
    const error = mistake({ model: 'sonet-class' })
    expect([error.message, error.hint, error.path]).toEqual([
      'there is no class of models `sonet-class`',
      'did you mean `sonnet-class`?',
      ['model'],
    ])
  })

  it('is billed by its service tier and its latency', () => {
    const billing = (config: Record<string, unknown>) =>
      new Bedrock({ config: { model: MODEL, ...config }, env: ENV }, CLOCK).billing
    expect(billing({ serviceTier: 'flex' })).toEqual({ vendor: 'aws', model: MODEL, tier: 'flex' })
    expect(billing({ latency: 'optimized' })).toEqual({ vendor: 'aws', model: MODEL, tier: 'optimized' })
    expect(billing({ serviceTier: 'default', latency: 'standard' })).toEqual({ vendor: 'aws', model: MODEL })
  })

  it('that InvokeModel is not known to take is refused by it, and taken where the config says whose it is', () => {
    const invoked = { model: 'meta.llama3-3-70b-instruct-v1:0', api: 'invoke' }
    expect(mistake(invoked).message).toBe(
      "bedrock: `api: invoke` is for Anthropic's models and Amazon's Nova, and `meta.llama3-3-70b-instruct-v1:0` is neither",
    )
    const model = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc'
    const config = { model, api: 'invoke', inferenceModelType: 'claude' }
    expect(() => new Bedrock({ config, env: ENV }, CLOCK)).not.toThrow()
  })

  it.each([
    ['its id is right', MODEL, 'us-east-1', []],
    ['it is global', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 'eu-west-1', []],
    ['nobody here knows it', 'acme.unheard-of-v1:0', 'us-east-1', []],
    [
      'only its account knows it',
      'arn:aws:bedrock:us-east-1:1:application-inference-profile/a',
      'us-east-1',
      [],
    ],
    [
      'it needs an inference profile',
      'anthropic.claude-sonnet-4-5-20250929-v1:0',
      'eu-west-1',
      [
        'bedrock: `anthropic.claude-sonnet-4-5-20250929-v1:0` is served through an inference profile alone: write `eu.anthropic.claude-sonnet-4-5-20250929-v1:0` or `global.anthropic.claude-sonnet-4-5-20250929-v1:0`',
      ],
    ],
    [
      'its inference profile is of other regions',
      MODEL,
      'eu-west-1',
      [
        `bedrock: \`${MODEL}\` is an inference profile of other regions than eu-west-1: write \`eu.anthropic.claude-sonnet-4-5-20250929-v1:0\` or \`global.anthropic.claude-sonnet-4-5-20250929-v1:0\``,
      ],
    ],
    [
      'it is not known to have this profile',
      'eu.anthropic.claude-3-5-haiku-20241022-v1:0',
      'eu-west-1',
      expect.arrayContaining([expect.stringMatching(/is not known to have an inference profile `eu`/)]),
    ],
    [
      'its ARN is of another region',
      `arn:aws:bedrock:us-west-2:1:inference-profile/${MODEL}`,
      'us-east-1',
      [
        `bedrock: \`arn:aws:bedrock:us-west-2:1:inference-profile/${MODEL}\` is in us-west-2, and the calls go to us-east-1`,
      ],
    ],
    [
      'it is no longer served',
      'us.anthropic.claude-3-5-haiku-20241022-v1:0',
      'us-east-1',
      [
        'bedrock: `us.anthropic.claude-3-5-haiku-20241022-v1:0` has been retired since 2026-06-19: move to a later model',
      ],
    ],
    [
      'its name is nearly that of one',
      'us.anthropic.claude-sonet-4-5-20250929-v1:0',
      'us-east-1',
      [
        'bedrock: `us.anthropic.claude-sonet-4-5-20250929-v1:0` is no model known here; did you mean `anthropic.claude-sonnet-4-5-20250929-v1:0`?',
      ],
    ],
  ])('is warned of, or not, where %s', (_what, model, region, expected) => {
    expect(warnings(model, region)).toEqual(expected)
  })

  it('is warned of a month before it is no longer served', () => {
    const model = 'us.anthropic.claude-3-5-haiku-20241022-v1:0'
    const on = (date: string) =>
      new Bedrock({ config: { model }, env: ENV }, { ...CLOCK, wallClock: () => new Date(date) }).warnings
    expect(on('2026-05-19')).toEqual([])
    expect(on('2026-05-21')).toEqual([`bedrock: \`${model}\` retires on 2026-06-19: move to a later model`])
  })
})
