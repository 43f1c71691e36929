import { describe } from 'vitest'
import { HEAD, type Refusal, refuses, TESTS } from './refuses.ts'

/** A second provider, named after one that would leave a trace. */
const BESIDE = `prompts: ['Say {{word}}']
providers:
  - file://provider.ts
  - file://bad.ts
${TESTS}`

const CHECKED = `${HEAD}tests:
  - vars: { word: yes }
    assert:
      - type: javascript
        value: file://check.ts
`

const provider = (source: string): Pick<Refusal, 'suite' | 'files'> => ({
  suite: BESIDE,
  files: { 'bad.ts': source },
})
const check = (source: string): Pick<Refusal, 'suite' | 'files'> => ({
  suite: CHECKED,
  files: { 'check.ts': source },
})

describe('before any call, a run', () => {
  refuses([
    {
      what: 'a provider file that is not there',
      suite: BESIDE,
      error: 'suite.yaml:4:5: file not found: file://bad.ts',
      hint: 'hint: there is no `bad.ts` in the same folder; paths count from .',
    },
    {
      what: 'a provider file that throws when it is imported',
      ...provider("const key = undefined\nif (!key) throw new Error('set MY_KEY')\n"),
      error:
        'bad.ts:2:17: cannot import bad.ts (named at suite.yaml:4:5): it threw while it was loaded: set MY_KEY',
      hint: "> 2 | if (!key) throw new Error('set MY_KEY')",
    },
    {
      what: 'a provider file that imports what is not installed',
      ...provider("import 'no-such-package'\n"),
      error: 'bad.ts:1',
      hint: 'no-such-package',
    },
    {
      what: 'a provider without callApi',
      ...provider("export default class Mute { id(): string { return 'mute' } }\n"),
      error: 'suite.yaml:4:5: the provider file://bad.ts has no callApi()',
      hint: 'hint: a provider is a class with id() and callApi(prompt, context), exported by default',
    },
    {
      what: 'a provider whose constructor throws',
      ...provider("export default class Bad { constructor() { throw new Error('no region') } }\n"),
      error: 'suite.yaml:4:5: the provider file://bad.ts cannot be constructed: no region',
      hint: '> 4 |   - file://bad.ts',
    },
    {
      what: 'a provider file with an enum, which Node cannot strip',
      ...provider('// one line\nenum Tone { Warm }\nexport default class Toned {}\n'),
      error: 'bad.ts:2: cannot import bad.ts (named at suite.yaml:4:5): it uses a TypeScript enum',
      hint: 'use only syntax that can be erased; here, a `const` object and a union type',
    },
    {
      what: 'a provider file with a parameter property, which Node cannot strip',
      ...provider('export default class Kept {\n  constructor(readonly options: object) {}\n}\n'),
      error:
        'bad.ts:2: cannot import bad.ts (named at suite.yaml:4:5): it uses a TypeScript parameter property',
      hint: 'use only syntax that can be erased',
    },
    {
      what: 'an assertion file without a default export',
      ...check('export const isGood = (): boolean => true\n'),
      error: 'suite.yaml:6:9: check.ts has no default export that is a function',
      hint: '> 6 |       - type: javascript',
    },
    {
      what: 'an assertion file that throws when it is imported',
      ...check("throw new Error('no word list')\n"),
      error: 'check.ts:1:7: cannot import check.ts (named at suite.yaml:6:9): it threw while it was loaded',
      hint: 'no word list',
    },
    {
      what: 'an assertion file with a namespace, which Node cannot strip',
      ...check('namespace Words { export const all = [1] }\nexport default () => Words.all.length\n'),
      error: 'check.ts:1: cannot import check.ts (named at suite.yaml:6:9): it uses a TypeScript namespace',
      hint: 'use only syntax that can be erased',
    },
    {
      what: 'an assertion function that its file does not export',
      suite: CHECKED.replace('check.ts', 'check.ts:isGood'),
      files: { 'check.ts': 'export const isFine = (): boolean => true\n' },
      error: 'suite.yaml:6:9: check.ts exports no function `isGood`',
      hint: 'hint: it exports `isFine`',
    },
  ])
})
