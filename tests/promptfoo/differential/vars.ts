import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Files, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

const FILES: Files = {
  'text.txt': 'text of a file {{ b }}\n',
  'page.md': '# Page\n',
  'data.json': '{"k": "json", "n": [1, 2]}',
  'data.yaml': 'k: yaml\nn: [1, 2]\n',
  'compute.mjs':
    'export default (name, prompt, vars, provider) => ({ output: `computed ${name} ${vars.b} ${prompt.length}` })\n',
  'broken.mjs': 'export default () => ({ error: "cannot" })\n',
  'many/1.txt': 'one',
  'many/2.txt': 'two',
  'vars.yaml': 'q: from a file of vars\nb: too\n',
}

const value = fc.constantFrom<unknown>(
  'plain',
  ['one', 'two'],
  ['one', 2, null],
  [1, 2],
  [],
  [['nested', 'list'], ['other']],
  [{ k: 1 }],
  'file://text.txt',
  'file://page.md',
  'file://data.json',
  'file://data.yaml',
  'file://compute.mjs',
  'file://many/*.txt',
  '{{ b }} in {{ q }}',
  { k: ['a', 'b'] },
)

const test = fc
  .record({
    q: value,
    b: fc.constantFrom<unknown>('b', ['x', 'y'], ['{{ q }}'], 7),
    options: fc.constantFrom<Record<string, unknown> | undefined>(
      undefined,
      undefined,
      undefined,
      { disableVarExpansion: true },
      { repeat: 2 },
    ),
  })
  // A pattern that is not expanded is a file that is not there: assay refuses the suite.
  .filter(({ q, options }) => !(String(q).includes('*') && options?.['disableVarExpansion'] === true))
  .map(({ q, b, options }): Sample<TestYaml> => {
    const all = [q, b]
    return {
      covers: [
        ...(all.some((one) => Array.isArray(one) && typeof one[0] === 'string') ? ['var fan-out'] : []),
        ...(String(q).startsWith('file://') ? ['file vars'] : []),
        ...(options?.['repeat'] === undefined ? [] : ['options.repeat']),
        ...(options?.['disableVarExpansion'] === undefined ? [] : ['disableVarExpansion']),
      ],
      value: {
        vars: { q, b },
        ...defined({ options }),
        assert: [
          { type: 'contains', value: 'one' },
          { type: 'icontains', value: '{{ b }}', metric: 'b' },
        ],
      },
    }
  })

const OF_FILES: readonly Sample<TestYaml>[] = [
  { covers: ['file vars'], value: { vars: 'vars.yaml', assert: [{ type: 'contains', value: 'file' }] } },
  { covers: ['file vars'], value: { vars: ['vars.yaml'], assert: [{ type: 'contains', value: 'none' }] } },
  {
    covers: ['file vars'],
    value: { vars: { q: 'file://broken.mjs', b: 1 }, assert: [{ type: 'contains', value: 'x' }] },
  },
]

const SUITE = {
  prompts: [
    'Q {{q}} B {{b}}',
    { raw: '{"q": "{{q}}", "b": "{{b}}"}', label: 'JSON' },
    '{{ q | dump }} {{ q.k }}',
  ],
}

export const varBatches: readonly Batch[] = [
  testsBatch('vars', [...sample(test, 45, 60), ...OF_FILES], SUITE, FILES),
  testsBatch(
    'vars, repeated',
    sample(test, 12, 61).map(({ covers, value }) => ({ covers: [...covers, 'repeats'], value })),
    SUITE,
    FILES,
    { repeat: 2 },
  ),
]
