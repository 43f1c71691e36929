import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Files, Named, Sample, TestYaml } from './batch.ts'
import { batchOf, sample, testsBatch, withId, yaml } from './batch.ts'

const own = fc
  .record({
    vars: fc.constantFrom(undefined, { q: 'own' }, { q: 'own', extra: 'e' }, { shared: 'mine' }),
    assert: fc.constantFrom(
      undefined,
      [{ type: 'contains', value: '{{q}}', metric: 'own' }],
      [{ type: 'equals', value: 'x', weight: 2 }],
    ),
    options: fc.constantFrom(
      undefined,
      { prefix: 'own ' },
      { suffix: '' },
      { disableDefaultAsserts: true },
      { transform: 'output + "!"' },
    ),
    threshold: fc.constantFrom(undefined, undefined, 0.3, 0),
    metadata: fc.constantFrom(undefined, { kind: 'own' }),
    description: fc.constantFrom(undefined, 'own'),
    assertScoringFunction: fc.constantFrom(undefined, undefined, undefined, 'file://scoring.mjs:least'),
  })
  .map(defined)

const DEFAULTS = {
  vars: { q: 'default', shared: 'theirs' },
  assert: [
    { type: 'contains', value: 'def', metric: 'default' },
    {
      type: 'javascript',
      value: 'JSON.stringify(context.test.metadata ?? {}).length / 100',
      metric: 'metadata',
    },
  ],
  options: { suffix: ' default', prefix: '> ' },
  metadata: { kind: 'default', list: [1] },
  threshold: 0.6,
}
const SCORING = `
export const least = (scores, { threshold, componentResults }) => ({ pass: componentResults.length > 1, score: Math.min(1, ...Object.values(scores)), reason: 'least ' + threshold })
export const count = (scores) => ({ pass: true, score: Object.keys(scores).length / 4, reason: 'count', namedScores: { counted: 1 } })
`
const samples = (salt: number, count: number, ...covers: string[]): Sample<TestYaml>[] =>
  sample(own, count, salt).map((value) => ({
    covers: [
      ...covers,
      ...(value.assertScoringFunction ? ['assertScoringFunction'] : []),
      ...(value.options && 'disableDefaultAsserts' in value.options ? ['disableDefaultAsserts'] : []),
    ],
    value,
  }))

const SUITE = { prompts: ['{{q}} {{shared}} {{extra}}'] }
const scenarioRow = (value: string) => ({
  vars: { q: value, row: value },
  assert: [{ type: 'icontains', value: '{{row}}', metric: 'row' }],
  options: { prefix: `${value}: ` },
  metadata: { row: value },
})

/** Written out: what is under test is YAML itself. */
const yamlSuite = (tests: string): string => `
env:
  OWN_WORD: of the config
prompts:
  - 'Say {{q | shout}} {{env.DIFFERENTIAL_WORD}} {{env.OWN_WORD}} {{env.NOT_SET}}'
providers:
  - {id: file://model.mjs, label: 'labelled {{env.DIFFERENTIAL_WORD}}'}
nunjucksFilters:
  shout: shout.mjs
assertionTemplates:
  shared: {type: icontains, value: shared, weight: 3}
defaultTest:
  $ref: parts.yaml#/defaults
tests:
${tests}`

const YAML_TESTS: readonly (readonly [string, string])[] = [
  ['env', "- {vars: {q: '{{env.DIFFERENTIAL_WORD}}'}, assert: [{type: contains, value: '{{env.OWN_WORD}}'}]"],
  ['env', '- {vars: {q: "{{ env[\'DIFFERENTIAL_WORD\'] | upper }}"}'],
  ['$ref', "- {vars: {q: a}, assert: [{$ref: 'parts.yaml#/check'}]"],
  ['$ref', "- {vars: {$ref: 'parts.yaml#/vars'}"],
  ['$ref', "- {vars: {q: ref}, assert: {$ref: 'parts.yaml#/checks'}"],
  [
    'merge keys',
    '- {vars: {<<: &base {q: base, n: 1}, n: 2, again: *base}, assert: [{type: contains, value: BASE}, {<<: {type: javascript, metric: n}, value: context.vars.n}]',
  ],
  ['YAML scalars', '- {vars: {q: yes, a: 0x1f, b: 1_000, c: 012, d: 1e3, e: ~, f: .inf, g: 2024-01-02}'],
  ['YAML scalars', "- {vars: {q: 'no', a: on, b: 0o17, c: +5, d: .5, e: '', f: 1:30, g: true}"],
  ['YAML scalars', '- {vars: {q: "folded\n      text\n\n      here", a: \'single\n\n      quoted\'}'],
  ['$ref', "- {vars: {q: shared}, assert: [{$ref: '#/assertionTemplates/shared'}, {type: equals, value: x}]"],
  ['file values', '- {vars: {q: \'{"a": 1}\'}, assert: [{type: contains-json, value: file://schema.json}]'],
  ['file values', '- {vars: {q: \'{"b": 1}\'}, assert: [{type: contains-json, value: file://schema.yaml}]'],
  ['file values', '- {vars: {q: of a file}, assert: [{type: contains, value: file://expected.txt}]'],
  ['file values', '- {vars: {q: of code}, assert: [{type: icontains, value: file://value.mjs}]'],
  ['file values', '- {vars: {q: of code}, assert: [{type: contains-any, value: file://list.yaml}]'],
  [
    'file values',
    "- {vars: {q: 'file://expected.txt'}, assert: [{type: not-contains, value: 'EXPECT', transform: file://shout.mjs}]",
  ],
  ['nunjucksFilters', "- {vars: {q: loud}, assert: [{type: contains, value: '{{ q | shout }}'}]"],
]

const parts = `
check: {type: icontains, value: a, metric: referenced}
checks: [{type: contains, value: REF}, {type: not-contains, value: zzz}]
vars: {q: of the parts}
defaults:
  assert: [{type: javascript, value: 'JSON.stringify(context.vars).length / 200', metric: vars}]
`

const PLAIN = 26

function withScenarios(tests: readonly Named<TestYaml>[]): Files {
  const inOrder = (from: number, to: number) =>
    tests.filter(({ id }) => Number(id.slice(1)) >= from && Number(id.slice(1)) < to).map(withId)
  const scenarios = [
    {
      description: 'two rows',
      config: [scenarioRow('alpha'), scenarioRow('beta')],
      tests: inOrder(PLAIN, PLAIN + 8),
    },
    { config: [scenarioRow('gamma')], tests: inOrder(PLAIN + 8, Infinity) },
  ].filter(({ tests }) => tests.length > 0)
  return {
    'scoring.mjs': SCORING,
    'suite.yaml': yaml({
      ...SUITE,
      providers: ['file://model.mjs'],
      defaultTest: DEFAULTS,
      tests: inOrder(0, PLAIN),
      ...(scenarios.length > 0 && { scenarios }),
    }),
  }
}

export const mergingBatches: readonly Batch[] = [
  batchOf(
    'defaultTest and scenarios',
    [...samples(50, PLAIN, 'defaultTest'), ...samples(52, 16, 'scenarios', 'defaultTest')],
    withScenarios,
  ),
  testsBatch(
    'defaultTest in a file',
    samples(51, 12, 'defaultTest in a file', 'assertScoringFunction'),
    { ...SUITE, defaultTest: 'file://default.yaml' },
    {
      'scoring.mjs': SCORING,
      'default.yaml': yaml({ ...DEFAULTS, assertScoringFunction: 'file://scoring.mjs:count' }),
    },
  ),
  batchOf(
    'YAML, $ref and env',
    YAML_TESTS.map(([kind, test]) => ({ covers: [kind], value: { test } })),
    (tests) => ({
      'parts.yaml': parts,
      'schema.json': '{"type": "object", "required": ["A"]}',
      'schema.yaml': 'type: object\nrequired: [B]\n',
      'expected.txt': 'OF A {{q}}',
      'list.yaml': '- nothing\n- CODE\n',
      'value.mjs': 'export default (output, { vars }) => vars.q\n',
      'shout.mjs': 'export default (value) => `${String(value).toUpperCase()}!`\n',
      'suite.yaml': yamlSuite(tests.map(({ test, id }) => `  ${test}, metadata: {id: ${id}}}\n`).join('')),
    }),
    { env: { DIFFERENTIAL_WORD: 'wörd' } },
  ),
]
