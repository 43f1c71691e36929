import { describe, expect, it } from 'vitest'
import { Project, SUITE } from './cli.ts'
import { refuses } from './refuses.ts'

const SEE_HELP = '(run "assay --help" or "assay <command> --help" for what there is)'
const BAD_SUITE = 'promts: [hi]\nproviders: [echo]\n'

describe('before any call, a command line', () => {
  refuses([
    {
      what: 'with a command there is not',
      args: ['rnu', 'suite.yaml'],
      error: "unknown command 'rnu'",
      hint: '(Did you mean run?)',
    },
    {
      what: 'with an option there is not',
      args: ['run', 'suite.yaml', '--conucrrency', '3'],
      error: "unknown option '--conucrrency'",
      hint: '(Did you mean --concurrency?)',
    },
    {
      what: 'without a suite',
      args: ['run'],
      error: "missing required argument 'suite'",
      hint: SEE_HELP,
    },
    {
      what: 'with a reporter there is not',
      args: ['run', 'suite.yaml', '--reporter', 'junti'],
      error: 'unknown reporter "junti"',
      hint: 'hint: did you mean "junit"? There are default, json, jsonl, junit, github, markdown, html',
    },
    {
      what: 'with a report in a folder that is not there',
      args: ['run', 'suite.yaml', '--reporter', 'junit=reports/junit.xml'],
      error: 'cannot write the report reports/junit.xml',
      hint: 'hint: check the path given to --reporter',
    },
    ...['0', '-1', '1.5', 'many', ''].map((value) => ({
      what: `with --repeat "${value}"`,
      args: ['run', 'suite.yaml', `--repeat=${value}`],
      error: `option '--repeat <n>' argument '${value}' is invalid. expected a whole number from 1`,
      hint: SEE_HELP,
    })),
    {
      what: 'with a --filter that is no regular expression',
      args: ['run', 'suite.yaml', '--filter', '('],
      error: "option '--filter <regex>' argument '(' is invalid. not a regular expression",
      hint: SEE_HELP,
    },
    {
      what: 'with a --filter that matches nothing',
      args: ['run', 'suite.yaml', '--filter', 'refund'],
      code: 3,
      error: 'the filter /refund/iu matches none of the 1 cases',
      hint: 'hint: a filter is matched against the description, the id and the values of the vars',
    },
    {
      what: 'with a --provider that is not in the suite',
      args: ['run', 'suite.yaml', '--provider', 'flahs'],
      code: 3,
      error: 'no provider matches "flahs"',
      hint: 'hint: the suite has: file://provider.ts',
    },
    {
      what: 'with a --prompt that is not in the suite',
      args: ['run', 'suite.yaml', '--prompt', 'few-shot'],
      code: 3,
      error: 'no prompt matches "few-shot"',
      hint: 'hint: the suite has: prompt-1',
    },
    {
      what: 'with a --tag that no case has',
      args: ['run', 'suite.yaml', '--tag', 'critical'],
      code: 3,
      error: 'no tag matches "critical"',
      hint: 'hint: there is no tag',
    },
    {
      what: 'with --failed of a run that is not there',
      args: ['run', 'suite.yaml', '--failed', 'last'],
      error: 'there is no run in runs',
      hint: 'hint: Run a suite first, or name the folder of a run.',
    },
    {
      what: 'with an --out that exists',
      files: { 'kept/notes.txt': 'mine' },
      args: ['run', 'suite.yaml', '--out', 'kept'],
      error: 'the run folder kept exists already',
      hint: 'hint: Name another folder with --out, or remove this one.',
    },
    {
      what: 'with an --out where nothing can be written',
      args: ['run', 'suite.yaml', '--out', '/proc/assay/run'],
      error: 'the run folder /proc/assay/run cannot be made',
      hint: 'hint: Name a folder that can be written with --out.',
    },
    {
      what: 'where a file stands in the place of runs/',
      files: { runs: '' },
      error: 'the run folder runs/project/',
      hint: 'hint: Name a folder that can be written with --out.',
    },
    {
      what: 'with one --out for two suites',
      files: { 'other.yaml': SUITE },
      args: ['run', 'suite.yaml', 'other.yaml', '--out', 'kept'],
      error: '--out names the folder of one run, but there are 2 suites',
      hint: 'hint: run them one by one, or leave --out away',
    },
    {
      what: 'whose second suite has a mistake, before the first is run',
      files: { 'other.yaml': BAD_SUITE },
      args: ['run', 'suite.yaml', 'other.yaml'],
      error: 'other.yaml:1:1: unknown key `promts`',
      hint: 'hint: did you mean `prompts`?',
    },
    {
      what: 'whose second suite has a provider that cannot be loaded, before the first is run',
      files: {
        'other.yaml': SUITE.replace('provider.ts', 'other.ts'),
        'other.ts': 'export default class {}',
      },
      args: ['run', 'suite.yaml', 'other.yaml'],
      error: 'other.yaml:2:13: the provider file://other.ts has no callApi()',
      hint: 'hint: a provider is a class with id() and callApi(prompt, context), exported by default',
    },
    {
      what: 'that reports on a run that is not there',
      args: ['report', 'runs/project/none'],
      error: 'runs/project/none is not the folder of a run',
      hint: 'hint: Name a folder below runs/, or `last`.',
    },
  ])

  // Node looks for an --env-file of its own everywhere before a `--`.
  it('refuses an --env-file that is missing', async () => {
    const project = new Project()
    const ended = await project.assay(['run', 'suite.yaml', '--env-file', 'no.env'], { nodeArgs: ['--'] })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain('error: cannot read the env file no.env')
    expect(project.calls).toEqual([])
  })

  it('leaves what is in the way of --out as it was', async () => {
    const project = new Project({ 'kept/notes.txt': 'mine' })
    await project.assay(['run', 'suite.yaml', '--out', 'kept'])
    expect(project.read('kept/notes.txt')).toBe('mine')
  })

  it('says for validate what it would say for run, of every suite', async () => {
    const project = new Project({ 'bad.yaml': BAD_SUITE, 'empty.yaml': SUITE.replace(/tests:.*/s, '') })
    const ended = await project.assay(['validate', 'bad.yaml', 'suite.yaml', 'empty.yaml'])
    expect(ended).toMatchObject({ code: 2, stdout: 'ok suite.yaml: 1 case, 1 cell\n' })
    expect(ended.stderr).toContain('bad.yaml:1:1: unknown key `promts`')
    expect(ended.stderr).toContain('empty.yaml:1: the suite has no tests')
    expect(project.calls).toEqual([])
  })
})
