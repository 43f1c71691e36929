import { describe, expect, it } from 'vitest'
import { Project } from './cli.ts'
import { HEAD, type Refusal, refuses, TESTS } from './refuses.ts'

const csv = (content: string): Pick<Refusal, 'suite' | 'files'> => ({
  suite: `${HEAD}tests: file://cases.csv\n`,
  files: { 'cases.csv': content },
})

const OUTSIDE = 'hint: move it into the project, or allow it with --allow-outside'

describe('before any call, a run', () => {
  refuses([
    {
      what: 'a CSV row with more cells than the header',
      ...csv('word,__expected\na,contains:SAY\nb,contains:SAY,more\n'),
      error: 'cases.csv:3: the row has 3 cells, the header 2',
      hint: 'hint: put a cell that holds the delimiter or a newline in double quotes',
    },
    {
      what: 'a CSV row with fewer cells than the header',
      ...csv('word,__expected\na,contains:SAY\nb\n'),
      error: 'cases.csv:3: the row has 1 cell, the header 2',
      hint: 'hint: put a cell that holds the delimiter or a newline in double quotes',
    },
    {
      what: 'a CSV whose last of many rows is ragged, before the first is asked',
      ...csv(`word,__expected\n${'a,contains:SAY\n'.repeat(2000)}b\n`),
      error: 'cases.csv:2002: the row has 1 cell, the header 2',
      hint: '> 2002 | b',
    },
    {
      what: 'a CSV with two columns of the same name',
      ...csv('word,word,__expected\na,b,contains:SAY\n'),
      error: 'cases.csv:1: two columns are called "word"',
      hint: 'hint: rename or remove one of them',
    },
    {
      what: 'a CSV with a quote that is not closed',
      ...csv('word,__expected\na,contains:SAY\n"b,contains:SAY\nc,contains:SAY\n'),
      error: 'cases.csv:3: a quote that begins in this row is not closed',
      hint: 'hint: write a quote inside a quoted cell twice: `""`',
    },
    {
      what: 'a CSV without rows',
      ...csv('word,__expected\n'),
      code: 3,
      error: 'cases.csv:1: cases.csv has no rows',
      hint: 'hint: the first line names the columns, every further one is a test',
    },
    {
      what: 'an empty CSV',
      ...csv(''),
      code: 3,
      error: 'cases.csv:1: cases.csv has no header',
      hint: 'hint: the first line names the columns, every further one is a test',
    },
    {
      what: 'a dataset that is missing',
      suite: `${HEAD}tests: file://cases.csv\n`,
      error: 'suite.yaml:3:8: no file of tests matches `file://cases.csv`',
      hint: 'hint: paths count from .',
    },
    {
      what: 'JSONL with a line that is no JSON',
      suite: `${HEAD}tests: file://cases.jsonl\n`,
      files: {
        'cases.jsonl': '{"vars":{"word":"a"},"assert":[{"type":"contains","value":"SAY"}]}\n{"vars":\n',
      },
      error: 'cases.jsonl:2',
      hint: '> 2 | {"vars":',
    },
    {
      what: 'an unknown key in a file of tests, where it stands',
      suite: `${HEAD}tests: file://cases.yaml\n`,
      files: { 'cases.yaml': '- vars: { word: a }\n  asserts: [{ type: contains, value: SAY }]\n' },
      error: 'cases.yaml:2:3: ',
      hint: 'hint: did you mean `assert`?',
    },
    {
      what: 'a prompt file that is missing',
      suite: `prompts:\n  - file://prompts/few-shot.txt\nproviders: [file://provider.ts]\n${TESTS}`,
      files: { 'prompts/few_shot.txt': 'Say {{word}}' },
      error: 'suite.yaml:2:5: file not found: prompts/few-shot.txt',
      hint: 'hint: did you mean `prompts/few_shot.txt`?',
    },
    {
      what: 'a prompt outside the project',
      suite: `prompts: [file://../prompt.txt]\nproviders: [file://provider.ts]\n${TESTS}`,
      files: { '../prompt.txt': 'Say {{word}}' },
      error: 'suite.yaml:1:11: ../prompt.txt lies outside the project (.)',
      hint: OUTSIDE,
    },
    {
      what: 'a provider outside the project',
      suite: `prompts: [hi]\nproviders: [file://../model.ts]\n${TESTS}`,
      files: { '../model.ts': 'export default class {}' },
      error: 'suite.yaml:2:13: file://../model.ts lies outside the project (.)',
      hint: OUTSIDE,
    },
    {
      what: 'an assertion outside the project',
      suite: `${HEAD}tests:\n  - assert: [{ type: javascript, value: 'file://../check.ts' }]\n`,
      files: { '../check.ts': 'export default () => true' },
      error: 'suite.yaml:4:14: ../check.ts lies outside the project (.)',
      hint: OUTSIDE,
    },
    {
      what: 'a dataset outside the project',
      suite: `${HEAD}tests: file://../cases.csv\n`,
      files: { '../cases.csv': 'word,__expected\na,contains:SAY\n' },
      error: 'suite.yaml:3:8: ../cases.csv lies outside the project (.)',
      hint: OUTSIDE,
    },
  ])

  it('lets file:// leave the project with --allow-outside', async () => {
    const project = new Project({
      'suite.yaml': `prompts: [file://../prompt.txt]\nproviders: [file://provider.ts]\n${TESTS}`,
      '../prompt.txt': 'Say {{word}} from outside',
    })
    expect(await project.assay(['run', 'suite.yaml', '--allow-outside'])).toMatchObject({ code: 0 })
    expect(project.calls).toEqual(['Say yes from outside'])
  })
})
