import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Files, Named, Sample, TestYaml } from './batch.ts'
import { batchOf, sample, withId, yaml } from './batch.ts'

const FORMS = [
  'inline',
  'YAML',
  'JSON',
  'JSONL',
  'CSV',
  'TypeScript generator',
  'JavaScript generator',
  'glob',
] as const
type Form = (typeof FORMS)[number]

interface TestOf {
  readonly form: Form
  readonly test: TestYaml
}

const words = fc.constantFrom<unknown>(
  'why',
  'with, comma',
  'with "quotes"',
  'two\nlines',
  'é 日本',
  ' padded ',
  '',
  '0012',
  '1e3',
  'true',
  'null',
  "it's",
)
/** Templates in data are rendered by promptfoo, and data to assay: only authored tests have them. */
const templates = fc.constantFrom<unknown>('{{ b }}', 'x {{ b | upper }}', 7, false, null, [1, 2], { k: 1 })
const templated = fc.constant([{ type: 'icontains', value: '{{b}}' }])
const plain = fc.constantFrom<readonly Record<string, unknown>[]>(
  [{ type: 'contains', value: 'why' }],
  [
    { type: 'equals', value: 'why' },
    { type: 'javascript', value: 'output.length / 10', metric: 'long' },
  ],
  [
    { type: 'not-equals', value: 'why', weight: 2 },
    { type: 'starts-with', value: 'w' },
  ],
)

const testOf = (form: Form): fc.Arbitrary<TestOf> => {
  const isData = form === 'CSV' || form === 'JSONL'
  return fc
    .record({
      q: isData ? words : fc.oneof(words, templates),
      b: words,
      assert: isData ? plain : fc.oneof(plain, templated),
      threshold: fc.constantFrom(undefined, 0.5),
      description: fc.constantFrom(undefined, 'described'),
      options: fc.constantFrom(undefined, undefined, { suffix: '!' }, { transform: 'output + "?"' }),
    })
    .map(({ q, b, ...test }) => ({ form, test: { vars: { q, b }, ...defined(test) } }))
}

const samples: readonly Sample<TestOf>[] = FORMS.flatMap((form, salt) =>
  sample(testOf(form), 8, 10 + salt).map((value) => ({ covers: [`tests: ${form}`], value })),
)

function write(chosen: readonly Named<TestOf>[]): Files {
  const of = (form: Form): TestYaml[] =>
    chosen.filter((one) => one.form === form).map(({ id, test }) => withId({ ...test, id }))
  const files: Record<string, string> = {
    'tests.yaml': yaml(of('YAML')),
    'tests.json': JSON.stringify(of('JSON')),
    'tests.jsonl': of('JSONL')
      .map((test) => `${JSON.stringify(test)}\n`)
      .join(''),
    'tests.csv': csvOf(of('CSV')),
    'generate.ts': `interface Test { vars: object }\nexport default async function generate(): Promise<Test[]> { return ${JSON.stringify(of('TypeScript generator'))} }\n`,
    'generate.mjs': `export const make = () => (${JSON.stringify(of('JavaScript generator'))})\n`,
    'globbed/b.yaml': yaml(of('glob').slice(0, 3)),
    'globbed/a.yaml': yaml(of('glob').slice(3)),
  }
  const refs: readonly [Form, string][] = [
    ['YAML', 'file://tests.yaml'],
    ['JSON', 'file://tests.json'],
    ['JSONL', 'file://tests.jsonl'],
    ['CSV', 'file://tests.csv'],
    ['TypeScript generator', 'file://generate.ts'],
    ['JavaScript generator', 'file://generate.mjs:make'],
    ['glob', 'file://globbed/*.yaml'],
  ]
  const tests: unknown[] = [
    ...of('inline'),
    ...refs.filter(([form]) => of(form).length > 0).map(([, ref]) => ref),
  ]
  if (of('glob').length === 1) delete files['globbed/a.yaml']
  return {
    ...files,
    'suite.yaml': yaml({ prompts: ['{{q}}', 'B {{b}}'], providers: ['file://model.mjs'], tests }),
  }
}

function csvOf(tests: readonly TestYaml[]): string {
  const rows = tests.map(({ vars, assert, metadata, description, threshold, options }) => {
    const { q, b } = vars as Record<string, string>
    const { suffix = '' } = (options ?? {}) as { suffix?: string }
    const expected = (assert as { type: string; value: string }[])
      .slice(0, 2)
      .map(({ type, value }) => `${type}: ${value}`)
    return [
      q,
      b,
      expected[0],
      expected[1] ?? '',
      (metadata as { id: string }).id,
      description ?? '',
      threshold ?? '',
      suffix,
    ]
  })
  const header = [
    'q',
    'b',
    '__expected',
    '__expected2',
    '__metadata:id',
    '__description',
    '__threshold',
    '__suffix',
  ]
  return [header, ...rows].map((row) => `${row.map(cellOf).join(',')}\n`).join('')
}

/** A CSV cell, quoted where it must be. */
export function cellOf(value: unknown): string {
  const text = String(value)
  return /[",\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

export const testBatches: readonly Batch[] = [batchOf('tests', samples, write)]
