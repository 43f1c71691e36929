import fc from 'fast-check'
import { CHECK_FILES } from './assertion-samples.ts'
import type { Batch, Named, Sample } from './batch.ts'
import { batchOf, sample, yaml } from './batch.ts'
import { cellOf } from './tests.ts'

type Row = Readonly<Record<string, string>>

const EXPECTED = [
  'why',
  'equals: Say why',
  'contains:why',
  'not-contains: why',
  'icontains: WHY',
  'contains-any: why,how',
  'contains-all: "Say", "why"',
  'not-contains-any: x, y',
  'starts-with: Say',
  'regex: wh[yo]',
  'not-regex: ^wh',
  'is-json',
  'not-is-json',
  'contains-json',
  'levenshtein(5): Say how',
  'levenshtein(2): something else',
  'rouge-n(0.5): Say why',
  'rouge-n: Say what and why',
  'javascript: output.length > 4',
  'fn: output.includes("why")',
  'eval: ({pass: true, score: 0.5, reason: "half"})',
  'file://check.mjs',
  'file://graded.mjs:graded',
  'similar-to-no-type: x',
  'word-count: 2',
  'is-xml',
  'equals:',
  'cost(0.5)',
  'contains: with: colon',
  'not-equals: Say why',
  'icontains-any: WHY, "x, y"',
  'bleu(0.1): Say why',
  'Say why',
]
const DATA = [
  'why',
  'with, comma',
  'with "quotes"',
  'two\nlines',
  ' padded ',
  '',
  '日本 🎉',
  'null',
  '007',
  'a: b',
  '- x',
  '#x',
  '$& $1',
  "'",
  '\\n',
]

const expected = fc.constantFrom(...EXPECTED)
const row: fc.Arbitrary<Row> = fc.record(
  {
    q: fc.constantFrom(...DATA),
    name: fc.constantFrom('why', 'x'),
    __expected: expected,
    __expected2: fc.option(expected, { nil: '', freq: 2 }),
    __expected_3: fc.constantFrom('', '', 'contains: a'),
    __prefix: fc.constantFrom('', '', 'P '),
    __suffix: fc.constantFrom('', '', '?', '\n'),
    __description: fc.constantFrom('', 'described'),
    __providerOutput: fc.constantFrom('', '', '', 'given why', '{"a": 1}'),
    __metric: fc.constantFrom('', 'm', 'other'),
    __threshold: fc.constantFrom('', '0', '0.5', '1'),
    '__metadata:kind': fc.constantFrom('', 'a', 'b, c'),
    '__metadata:tags[]': fc.constantFrom('', 'a', 'a,b', 'a\\,b , c'),
    '__config:__expected:threshold': fc.constantFrom('0.5', '3', '100000'),
  },
  { noNullPrototype: true },
)

const samples: readonly Sample<Row>[] = sample(row, 80, 40).map((value) => ({
  covers: coversOf(value),
  value,
}))

function coversOf(row: Row): string[] {
  return [
    'CSV columns',
    ...Object.entries(row).flatMap(([name, cell]) => (name.startsWith('__') && cell !== '' ? [name] : [])),
  ]
}

const SUITE = {
  prompts: ['Say {{q}}'],
  providers: ['file://model.mjs'],
  // Also what the transforms of the data leave of it.
  defaultTest: {
    assert: [
      { type: 'javascript', value: 'JSON.stringify(context.test.metadata).length / 100', metric: 'metadata' },
    ],
  },
}

function csv(rows: readonly Named<Row>[], separator = ','): string {
  const [first] = rows
  if (first === undefined) return ''
  const header = [...Object.keys(first).filter((name) => name !== 'id'), '__metadata:id']
  const lines = rows.map((row) => header.map((name) => cellOf(name === '__metadata:id' ? row.id : row[name])))
  return `${[header, ...lines].map((cells) => cells.join(separator)).join('\n')}\n`
}

/** A column that gives every check a threshold stands in a file of its own, written as a spreadsheet would. */
const [PLAIN, WITH_THRESHOLDS] = ['plain.csv', 'thresholds.csv'] as const
const HALF = 35

function withoutThreshold(row: Named<Row>): Named<Row> {
  const { '__config:__expected:threshold': threshold, ...rest } = row
  void threshold
  return rest
}

function write(rows: readonly Named<Row>[]) {
  const number = ({ id }: Named<Row>): number => Number(id.slice(1))
  const plain = rows.filter((row) => number(row) < HALF).map(withoutThreshold)
  const files = {
    [PLAIN]: csv(plain),
    [WITH_THRESHOLDS]: `\uFEFF${csv(rows.filter((row) => number(row) >= HALF)).replaceAll('\n', '\r\n')}`,
  }
  const used = Object.entries(files).filter(([, text]) => text.trim().length > 1)
  return {
    ...Object.fromEntries(used),
    ...CHECK_FILES,
    'suite.yaml': yaml({ ...SUITE, tests: used.map(([name]) => `file://${name}`) }),
  }
}

export const csvBatches: readonly Batch[] = [batchOf('CSV', samples, write)]
