import fc from 'fast-check'
import type { Batch, Named, Sample, TestYaml } from './batch.ts'
import { batchOf, sample, withId, yaml } from './batch.ts'

interface Rendering {
  readonly template: string
  readonly test: TestYaml
}

const PLAIN = [
  'Hello {{a}}',
  '{{ a }} and {{b}}{{ missing }}.',
  '{{ a | upper }} {{ b | dump }} {{ o | dump | safe }}',
  '{{ o }} {{ o.k }} {{ o["k"] }} {{ list[0] }} {{ list }} {{ list | length }}',
  '{% if a %}yes {{a}}{% else %}no{% endif %}',
  '{% for item in list %}{{ loop.index }}:{{ item }} {% endfor %}',
  '{%- set x = 3 -%} {{ x * 2 }} {#- not this -#} end',
  '{% raw %}{{ a }}{% endraw %} {{ "{{b}}" }}',
  '{% macro m(v) %}[{{ v }}]{% endmacro %}{{ m(a) }}',
  'trailing newline {{a}}\n',
  'two {{a}}\n\n',
  '  spaces {{ a }}  ',
  '{{ n + 1 }} {{ t and f }} {{ none }} {{ n | string | length }}',
  '{{ a | default("d") }} {{ missing | default("d") }} {{ missing.deep }}',
  '{{ o | join }} {{ list | join(", ") }} {{ a | replace("a", "b") }} {{ a | trim | title }}',
  '<b>{{ a }}<br> & {{ b | escape }}',
  '{{ a',
  '{% if %}',
  '{{ a | nofilter }}',
  '{{ env.DIFFERENTIAL_WORD }} {{ range(3) | dump }}',
  'only text, no template: { } % # {',
  '{{a}}{{a}}{{ nested }}',
  'N {{ nested }}',
  '{{ chain }} | {{ nested | upper }}',
  '{{ date }} {{ big }} {{ neg }} {{ float }}',
]
const JSON_PROMPTS = [
  '[{"role": "system", "content": "{{a}}"}, {"role": "user", "content": "{{b}}"}]',
  '{"q": "{{a}}", "n": 3, "t": true, "x": null, "deep": [{"k": "{{ o.k }}"}, "{{missing}}"]}',
  '{"{{a}}": 1, "list": "{{ list | dump }}"}',
  '[1, "two", {"three": "{{ n }}"}]',
  '"{{a}}"',
  '{"q": {{ b | dump }}}',
  '{"q": "{{ a }}", "broken": }',
  '{"a": "{{ a | upper }}", "e": "é\\n\\"{{b}}\\""}\n',
  '{"o": "{{ o }}", "d": "{{ o | dump }}"}',
]

const words = fc.constantFrom<unknown>(
  'plain',
  'with "quotes" and \\ backslash',
  'two\nlines',
  'tab\there',
  '日本 🎉 é',
  '<b>&amp;</b>',
  "it's",
  '',
  ' spaced ',
  '{"json": true}',
  '$& $1 $$',
  '{{ a',
  '{% if %}',
  '{% raw %}',
  '{{b}}',
  '{{ o.k }}',
  '{{missing}}',
  '#} {#',
  'no',
  '0123',
  '1e3',
  7,
  -0.5,
  true,
  false,
  null,
)
const numbers = fc.constantFrom<unknown>([], [1, 2], [1, 'x'], [{ k: 1 }], [null])
const maps = fc.constantFrom<unknown>(
  { k: 'v' },
  { k: '{{a}}', n: [1] },
  {},
  { k: null },
  { deep: { k: '{{b}}' } },
)

const vars = fc.record(
  {
    a: words,
    b: words,
    o: maps,
    list: numbers,
    n: fc.constantFrom<unknown>(41, 0, '3'),
    t: fc.constant(true),
    f: fc.constant(false),
    none: fc.constant(null),
    nested: fc.constantFrom('<{{b}}>', '{{a}}{{b}}', '{{ nested }}', 'x {{ n }} {{ list }}'),
    chain: fc.constantFrom('1 {{ nested }} {{ a }}', '{{nested}}{{nested}}', '{{ chain }}'),
    date: fc.constantFrom('2024-01-02', '2024-01-02T03:04:05Z'),
    big: fc.constant(12345678901234567000),
    neg: fc.constant(-1),
    float: fc.constant(1.1),
  },
  { requiredKeys: ['a', 'b'] },
)

const ends = fc.constantFrom<Record<string, unknown> | undefined>(
  undefined,
  undefined,
  { prefix: 'P {{b}} ' },
  { suffix: ' {{a}} S' },
  { prefix: '<', suffix: '>\n' },
)

const rendering = (templates: readonly string[]): fc.Arbitrary<Rendering> =>
  fc
    .record({ template: fc.constantFrom(...templates), vars, options: ends })
    .map(({ template, vars, options }) => ({
      template,
      test: { vars, ...(options && { options }) },
    }))

/** Each case has a prompt of its own, which its `prompts` filter names. */
function renderings(name: string, samples: readonly Sample<Rendering>[]): Batch {
  const write = (cases: readonly Named<Rendering>[]) => ({
    'suite.yaml': yaml({
      prompts: cases.map(({ id, template }) => ({ raw: template, label: `prompt ${id}` })),
      providers: ['file://model.mjs'],
      defaultTest: { assert: [{ type: 'contains', value: '{{a}}' }] },
      tests: cases.map(({ id, test }) => withId({ ...test, prompts: [`prompt ${id}`], id })),
    }),
  })
  return batchOf(name, samples, write, { env: { DIFFERENTIAL_WORD: 'wörd' } })
}

function covered(cases: readonly Rendering[], ...covers: string[]): Sample<Rendering>[] {
  return cases.map((value) => ({
    covers: [
      ...covers,
      'prompts filter',
      ...(value.test['options'] === undefined ? [] : ['prefix and suffix']),
    ],
    value,
  }))
}

export const renderingBatches: readonly Batch[] = [
  renderings('rendering', [
    ...covered(sample(rendering(PLAIN), 90, 1), 'nunjucks'),
    ...covered(sample(rendering(JSON_PROMPTS), 50, 2), 'JSON prompt', 'nunjucks'),
  ]),
]
