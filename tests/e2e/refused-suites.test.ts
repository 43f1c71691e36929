import { describe } from 'vitest'
import { HEAD, refuses, TESTS } from './refuses.ts'

/** Nine values, nine times over at each level: 9⁸ in all. */
const ALIAS_BOMB = [
  'one: &one [x, x, x, x, x, x, x, x, x]',
  ...['two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map((name, index, names) => {
    const below = index === 0 ? 'one' : names[index - 1]
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${below}`).join(', ')}]`
  }),
  `${HEAD}tests: *eight\n`,
].join('\n')

describe('before any call, a run', () => {
  refuses([
    {
      what: 'a suite file that is missing',
      args: ['run', 'suit.yaml'],
      error: 'suite not found: suit.yaml',
      hint: 'hint: did you mean `suite.yaml`?',
    },
    {
      what: 'YAML that cannot be parsed',
      suite: "prompts: ['Say {{word}}'\nproviders: [file://provider.ts]\n",
      error: 'suite.yaml:2:1: not valid YAML',
      hint: 'hint: line the key up with its siblings',
    },
    {
      what: 'a key it does not know, in a test',
      suite: `${HEAD}tests:\n  - vars: { word: yes }\n    asserts: [{ type: contains, value: SAY }]\n`,
      error: 'suite.yaml:5:5: tests[0]: unknown key `asserts`',
      hint: 'hint: did you mean `assert`?',
    },
    {
      what: 'a key it does not know, at the top, and tells what is missing in the same look',
      suite: `promts: [hi]\n${TESTS}`,
      error: 'suite.yaml:1:1: unknown key `promts`',
      hint: 'a suite needs `providers`\nhint: for example `providers: [echo]`',
    },
    {
      what: 'an assertion type it does not know',
      suite: `${HEAD}tests:\n  - vars: { word: yes }\n    assert:\n      - type: containz\n        value: SAY\n`,
      error: 'suite.yaml:6:15: tests[0].assert[0].type: unknown assertion type `containz`',
      hint: 'hint: did you mean `contains`?',
    },
    {
      what: 'an assertion type that needs a trace store',
      suite: `${HEAD}tests:\n  - assert: [{ type: 'trajectory:step-count', value: 1 }]\n`,
      error:
        'suite.yaml:4:22: tests[0].assert[0].type: assertion type `trajectory:step-count` is not supported',
      hint: 'hint: remove the assertion',
    },
    {
      what: 'a provider id it does not know',
      suite: `prompts: [hi]\nproviders:\n  - file://provider.ts\n  - opanai:gpt-4\n${TESTS}`,
      error: 'suite.yaml:4:5: unknown provider `opanai:gpt-4`',
      hint: 'hint: did you mean `openai:gpt-4`?',
    },
    {
      what: 'two columns with the same key',
      suite: `prompts: [hi]\nproviders: [file://provider.ts, file://provider.ts]\n${TESTS}`,
      error:
        'suite.yaml:2:33: two providers have the key `file://provider.ts`: the other one is at suite.yaml:2:13',
      hint: 'hint: give each of them its own `label`',
    },
    {
      what: 'no tests',
      suite: HEAD,
      code: 3,
      error: 'suite.yaml:1: the suite has no tests',
      hint: 'hint: add `tests:`',
    },
    {
      what: 'an empty list of tests',
      suite: `${HEAD}tests: []\n`,
      code: 3,
      error: 'suite.yaml:1: the suite has no tests',
      hint: 'hint: add `tests:`',
    },
    {
      what: 'tests that assert nothing',
      suite: `${HEAD}tests:\n  - vars: { word: yes }\n  - vars: { word: no }\n`,
      error: 'suite.yaml:1: nothing is asserted in any of the 2 cases',
      hint: 'hint: add `assert:` to `defaultTest` or to the tests',
    },
    {
      what: 'a `$ref` that leads back to itself',
      suite: `${HEAD}tests:\n  - $ref: a.yaml\n`,
      files: { 'a.yaml': '$ref: b.yaml\n', 'b.yaml': '$ref: a.yaml\n' },
      error: 'a.yaml:1:7: circular `$ref`: b.yaml → a.yaml → b.yaml',
      hint: 'hint: a `$ref` cannot lead to what holds it',
    },
    {
      what: 'an alias bomb',
      suite: ALIAS_BOMB,
      error: 'suite.yaml:6:',
      hint: 'values; at most 250,000 are read',
    },
  ])
})
