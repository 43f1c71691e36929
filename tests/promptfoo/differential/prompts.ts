import type { Batch, Files, Sample } from './batch.ts'
import { batchOf, yaml } from './batch.ts'

interface PromptForm {
  /** As it stands in the suite's `prompts`. */
  readonly prompt: unknown
  readonly files?: Files
}

const PROMPT_FILE = `
export default ({ vars, provider, config }) => 'default ' + vars.q + ' ' + (provider.label ?? provider.id) + JSON.stringify(config ?? {})
`
const PROMPT_FUNCTIONS = `
export const text = ({ vars }) => 'function ' + vars.q
export const chat = async ({ vars }) => [{ role: 'user', content: vars.q }]
export const configured = ({ vars }) => ({ prompt: 'configured ' + vars.q, config: { temperature: 0 } })
export const templated = () => 'templated {{ q }}'
export const throws = () => { throw new Error('no prompt') }
`

const forms: readonly Sample<PromptForm>[] = (
  [
    ['inline', 'Inline {{q}}'],
    ['inline', 'Two\nlines {{q}} a/b'],
    ['label and id', { raw: 'Labelled {{q}}', label: 'a label' }],
    ['label and id', { raw: 'With an id {{q}}', id: 'an-id' }],
    ['label and id', { raw: 'Both {{q}}', label: 'the label', id: 'the-id' }],
    [
      'prompt config',
      { raw: 'Config {{q}}', label: 'config', config: { temperature: 0.5, deep: { a: [1] } } },
    ],
    ['text file', 'file://one.txt', { 'one.txt': 'One file {{q}}\n' }],
    ['text file', 'prompts/bare.txt', { 'prompts/bare.txt': 'A bare path {{q}}' }],
    [
      'text file',
      'file://split.txt',
      { 'split.txt': 'First {{q}}\n---\nSecond {{q}}\n  ---  \n\nThird {{q}}\n' },
    ],
    [
      'text file',
      { id: 'file://identified.txt', label: 'a file with a label' },
      { 'identified.txt': 'Identified {{q}}' },
    ],
    ['text file', { raw: 'file://raw.txt', label: 'raw file' }, { 'raw.txt': 'Raw of a file {{q}}' }],
    ['markdown', 'file://one.md', { 'one.md': '# Title\n\n{{q}}\n---\nNot split\n' }],
    ['nunjucks file', 'file://one.j2', { 'one.j2': '{% for i in [1, 2] %}{{ i }}{{ q }}{% endfor %}\n' }],
    ['JSON file', 'file://chat.json', { 'chat.json': '[{"role": "user", "content": "{{q}}"}]\n' }],
    ['JSON file', 'file://object.json', { 'object.json': '{"b": "{{q}}", "a": [1, 2.50]}' }],
    [
      'YAML file',
      'file://chat.yaml',
      { 'chat.yaml': '- role: user\n  content: |\n    {{q}}\n- role: system\n  content: "x {{q}}"\n' },
    ],
    ['YAML file', 'file://map.yml', { 'map.yml': 'system: be kind\nuser: "{{q}}"\n' }],
    [
      'JSONL',
      'file://lines.jsonl',
      {
        'lines.jsonl': '[{"role": "user", "content": "1 {{q}}"}]\n[{"role": "user", "content": "2 {{q}}"}]\n',
      },
    ],
    [
      'CSV',
      'file://table.csv',
      { 'table.csv': 'prompt,label\nFrom a table {{q}},first row\n"Quoted, {{q}}",second row\n' },
    ],
    ['CSV', 'file://plain.csv', { 'plain.csv': 'Line one {{q}}\nLine two {{q}}\n' }],
    ['glob', 'file://many/*.txt', { 'many/a.txt': 'Many a {{q}}', 'many/b.txt': 'Many b {{q}}' }],
    ['function', 'file://prompt.mjs', { 'prompt.mjs': PROMPT_FILE }],
    ['function', 'file://functions.mjs:text', { 'functions.mjs': PROMPT_FUNCTIONS }],
    ['function', 'file://functions.mjs:chat', { 'functions.mjs': PROMPT_FUNCTIONS }],
    [
      'function',
      { raw: 'file://functions.mjs:configured', label: 'configured' },
      { 'functions.mjs': PROMPT_FUNCTIONS },
    ],
    [
      'function',
      { id: 'file://functions.mjs:templated', label: 'templated' },
      { 'functions.mjs': PROMPT_FUNCTIONS },
    ],
    [
      'function',
      { raw: 'file://functions.mjs:throws', label: 'throws' },
      { 'functions.mjs': PROMPT_FUNCTIONS },
    ],
    [
      'function',
      { raw: 'file://typed.ts', label: 'typed', config: { kept: true } },
      { 'typed.ts': PROMPT_FILE },
    ],
  ] as const
).map(([kind, prompt, files]) => ({
  covers: [`prompt: ${kind}`],
  value: { prompt, ...(files && { files }) },
}))

const TESTS = [
  { vars: { q: 'why' }, metadata: { id: 'plain' }, assert: [{ type: 'contains', value: 'why' }] },
  { vars: { q: 'a "b" {{x}} \\ c' }, metadata: { id: 'odd' }, assert: [{ type: 'contains', value: 'b' }] },
]

function filesOf(chosen: readonly PromptForm[]): Files {
  return Object.assign({}, ...chosen.map(({ files }) => files)) as Files
}

const suite = {
  providers: [{ id: 'file://model.mjs', label: 'model', config: { tell: true } }],
  tests: TESTS,
}

/** A map from paths to labels is a suite of its own; so are `targets`. */
const MAPS: readonly Sample<PromptForm>[] = [
  {
    covers: ['prompt: map', 'targets'],
    value: { prompt: { 'one.txt': 'the first' }, files: { 'one.txt': 'One {{q}}' } },
  },
  {
    covers: ['prompt: map', 'targets'],
    value: { prompt: { 'file://two.json': 'the second' }, files: { 'two.json': '{"q": "{{q}}"}' } },
  },
  {
    covers: ['prompt: map', 'targets'],
    value: { prompt: { 'three.md': 'the third' }, files: { 'three.md': 'Three {{q}}' } },
  },
]

export const promptBatches: readonly Batch[] = [
  batchOf('prompts', forms, (chosen) => ({
    ...filesOf(chosen),
    'suite.yaml': yaml({ ...suite, prompts: chosen.map(({ prompt }) => prompt) }),
  })),
  batchOf('prompts by path', MAPS, (chosen) => ({
    ...filesOf(chosen),
    'targets.yaml': yaml([{ id: 'model.mjs', label: 'a target', config: { tell: true } }]),
    'suite.yaml': yaml({
      targets: 'file://targets.yaml',
      prompts: Object.assign({}, ...chosen.map(({ prompt }) => prompt)) as object,
      tests: TESTS,
    }),
  })),
]
