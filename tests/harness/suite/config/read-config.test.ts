import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locate, locateKey } from '../../../../harness/suite/config/positions.ts'
import { read } from './read.ts'

const MINIMAL = 'prompts: [hi]\nproviders: [echo]\n'

describe('a suite file', () => {
  it('is read whole, with its name, its folder and the root of its project', async () => {
    const config = await read(
      { 'suites/mail/suite.nightly.yaml': MINIMAL },
      {},
      'suites/mail/suite.nightly.yaml',
    )
    expect(config.name).toBe('mail.nightly')
    expect(config.dir).toBe(join(config.root, 'suites/mail'))
    expect(config.document).toEqual({ prompts: ['hi'], providers: ['echo'] })
    expect(config.texts).toEqual(new Map([[config.file, MINIMAL]]))
    expect(config.warnings).toEqual([])
  })

  it('may be JSON', async () => {
    const json = JSON.stringify({ prompts: ['hi'], providers: ['echo'] }, null, '\t')
    const config = await read({ 'suite.json': json }, {}, 'suite.json')
    expect(config.document.prompts).toEqual(['hi'])
  })

  it('takes every form that promptfoo takes', async () => {
    const text = `
$schema: https://promptfoo.dev/config-schema.json
description: all forms
tags: {team: nlp, tier: 1}
prompts:
  - 'text {{x}}'
  - file://p.txt
  - {raw: r, label: l, id: i, config: {temperature: 0}}
  - {id: file://p.txt, label: named}
providers:
  - echo
  - {id: openai:gpt-5, label: big, config: {anything: {goes: [here]}}, prompts: [l, 'i*'], delay: 10, transform: output}
  - anthropic:messages:claude: {config: {max_tokens: 5}, label: c}
  - file://./provider.ts
defaultTest:
  assert: [{type: is-json, weight: 0}]
  options: {provider: {text: openai:gpt-5, embedding: openai:embedding:x}, rubricPrompt: [a, b], custom_key: 1}
tests:
  - file://cases.csv
  - {path: file://gen.ts:make, config: {n: 3}}
  - vars: vars.yaml
  - vars: [a.yaml, 'b/*.yaml']
  - description: whole
    vars: {a: 1, b: [x, y], c: {d: null}, e: true, f: }
    provider: openai:gpt-5
    providers: [big]
    prompts: ['l*']
    providerOutput: {any: thing}
    threshold: 0.5
    metadata: {id: c-1, tags: [critical], free: [1, {form: true}]}
    assertScoringFunction: file://score.ts:score
    options: {prefix: p, suffix: s, repeat: 2, transform: output.trim(), storeOutputAs: o, runSerially: true}
    assert:
      - {type: equals, value: 5}
      - {type: not-contains-any, value: [a, b], metric: '{{m}}', config: {free: 1}}
      - {type: latency, threshold: 100}
      - {type: regex, value: '{{pattern}}('}
      - {type: similar:cosine, value: x, provider: {id: openai:embedding:x}, threshold: 0.9}
      - {type: javascript, value: file://check.ts:fn, transform: file://t.ts}
      - {type: select-best, value: the best}
      - type: assert-set
        threshold: 0.5
        weight: 2
        metric: m
        config: {x: 1}
        assert: [{type: contains, value: x}]
scenarios:
  - file://scenario.yaml
  - {description: s, config: [{vars: {l: en}}], tests: file://cases.csv}
derivedMetrics: [{name: f1, value: '2 * p / (p + r)'}]
nunjucksFilters: {up: ./up.js}
env: {A: x, B: 1, C: true}
evaluateOptions: {maxConcurrency: 4, cache: false}
commandLineOptions: {repeat: 2, table: false, filterMetadata: [a=b]}
extensions: ['file://hooks.ts:beforeAll']
metadata: {owner: me}
sharing: false
writeLatestResults: true
assay:
  repeat: 3
  cluster: vars.document_id
  feedback: {maxAttempts: 3, template: t}
  budget: {usd: 2.5, tokens: 2000000, minutes: 20, calls: 5}
  limits: {'bedrock:*': {concurrency: 20, rpm: 500, tpm: 400000}}
  maxErrorRate: 0.1
  timeoutMs: 1000
  checkTimeoutMs: 1000
  gate:
    ship: [{prompt: few-shot, provider: sonnet}]
    margin: 0.05
    alpha: 0.05
    metrics: [pass, accuracy]
    floors: {pass: 0.8}
    mustPass: {tag: critical}
    confirm: 5
    latency: {p95Ms: 2500, ratio: 1.2}
    cost: {usdPerCase: 0.004, ratio: 1.1}
  quarantine: [{case: c-17, until: 2027-01-31, reason: label disputed}]
  renamed: {old: new}
  redact: ['sk-\\w+']
  prices: prices.yaml
`
    const { document, warnings } = await read({ 'suite.yaml': text })
    expect(warnings).toEqual([])
    expect(document.assay?.quarantine).toEqual([
      { case: 'c-17', until: '2027-01-31', reason: 'label disputed' },
    ])
    expect(document.providers).toHaveLength(4)
    expect(document.tests).toHaveLength(5)
  })

  it('calls targets providers, and knows where they are', async () => {
    const { document, file } = await read({ 'suite.yaml': 'prompts: [p]\ntargets: [echo]\n' })
    expect(document.providers).toEqual(['echo'])
    expect(document).not.toHaveProperty('targets')
    expect(locateKey(document, 'providers')).toEqual({ file, line: 2, column: 1 })
  })

  it('treats a key without a value as absent', async () => {
    const { document } = await read({ 'suite.yaml': `${MINIMAL}extensions:\nenv:\n#  A: b\ntests: ~\n` })
    expect(Object.keys(document)).toEqual(['prompts', 'providers'])
  })

  it('lets top-level keys hold parts for $refs and aliases', async () => {
    const { document } = await read({
      'suite.yaml': `${MINIMAL}shared: {deep: {ok: {type: contains, value: x}}}
base: &base {threshold: 0.5}
x-anything: 1
assertionTemplates: {unused: 1}
tests:
  - {<<: *base, assert: [{$ref: '#/shared/deep/ok'}]}
`,
    })
    expect(document).toEqual({
      prompts: ['hi'],
      providers: ['echo'],
      tests: [{ threshold: 0.5, assert: [{ type: 'contains', value: 'x' }] }],
    })
  })

  it('gives the parts that $refs bring the places of their file, and lists that file', async () => {
    const { test, root, texts } = await read({
      'suite.yaml': `${MINIMAL}tests: {$ref: cases.yaml#/all}\n`,
      'cases.yaml': '# cases\nall:\n  - vars: {a: 1}\n',
    })
    expect(locate(test(0)['vars']!, 'a')).toEqual({ file: join(root, 'cases.yaml'), line: 3, column: 15 })
    expect([...texts.keys()]).toEqual([join(root, 'suite.yaml'), join(root, 'cases.yaml')])
  })

  it("leaves the $refs in a provider's tools and functions to the provider", async () => {
    const parameters = { $ref: '#/definitions/nowhere' }
    const { document } = await read(
      {
        'suite.json': JSON.stringify({
          prompts: ['p'],
          providers: [
            {
              id: 'a',
              config: { functions: [{ name: 'f', parameters }], tools: [{ function: { parameters } }] },
            },
            { 'openai:x': { config: { functions: [{ name: 'f', parameters }] } } },
          ],
        }),
      },
      {},
      'suite.json',
    )
    expect(JSON.stringify(document).match(/nowhere/g)).toHaveLength(3)
  })
})

describe('what is told and does not stop a run', () => {
  it('an unquoted date, which becomes an empty object as under promptfoo', async () => {
    const { warnings, test, file } = await read({
      'suite.yaml': `${MINIMAL}tests:\n  - vars: {d: 2024-01-31}\n`,
    })
    expect(test(0)).toEqual({ vars: { d: {} } })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]?.message).toMatch(/write "2024-01-31" in quotes/)
    expect(warnings[0]?.at).toEqual({ file, line: 4, column: 15 })
  })

  it('tracing and outputPath, which do nothing here', async () => {
    const { warnings } = await read({
      'suite.yaml': `${MINIMAL}tracing: {enabled: true}\noutputPath: out.json\n`,
    })
    expect(warnings.map(({ message, at }) => [message.split(' ')[0], at?.line])).toEqual([
      ['`tracing`', 3],
      ['`outputPath`', 4],
    ])
  })
})
