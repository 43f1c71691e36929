import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Files, Project, REPO } from './cli.ts'
import { HEAD } from './refuses.ts'

const BOM = '\uFEFF'
const MB = 1024 * 1024

/** A CSV of so many rows of 10 kB. */
function* bigCsv(rows: number): Generator<string> {
  yield `${BOM}n,word,__expected\r\n`
  for (let row = 0; row < rows; row++) yield `${row},"${'x '.repeat(5000)}",contains:SAY\r\n`
}

/** Peak resident memory of a command, in bytes. */
async function peakMemory(project: Project, args: readonly string[]): Promise<number> {
  const ended = await project.assay(args, {
    nodeArgs: ['--import', `${REPO}/scripts/bench/peak-memory.mjs`],
    env: { ASSAY_BENCH_MEMORY: project.path('peak.txt') },
  })
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  return Number(project.read('peak.txt')) * 1024
}

describe('a run survives', () => {
  it('a prompt that uses a variable the case lacks: it names prompt, variable and case, and goes on', async () => {
    const project = new Project({
      'suite.yaml': `prompts: [{ label: greeting, raw: 'Say {{word}} to {{name}}' }]
providers: [file://provider.ts]
defaultTest: { assert: [{ type: contains, value: SAY }] }
tests:
  - { description: a stranger, vars: { word: hi }, metadata: { id: c-1 } }
  - { description: a friend, vars: { word: hi, name: Ann }, metadata: { id: c-2 } }
`,
    })
    const ended = await project.assay(['run', 'suite.yaml'])
    const warning =
      'the prompt greeting uses {{name}}, which the case "a stranger" (c-1) does not have: it is left empty'
    expect(ended.code).toBe(0)
    expect(ended.stderr).toContain(`warning: ${warning}\n`)
    expect(project.calls.toSorted()).toEqual(['Say hi to ', 'Say hi to Ann'])
    const trials = project
      .trials()
      .map(({ cell, outcome, warnings }) => ({ id: cell.caseId, outcome, warnings }))
    expect(trials.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { id: 'c-1', outcome: 'passed', warnings: [warning] },
      { id: 'c-2', outcome: 'passed', warnings: undefined },
    ])
    expect(project.manifest().warnings).toContain(warning)
  })

  const beginsWithBom: [string, Files][] = [
    [
      'a suite',
      {
        'suite.yaml': `${BOM}${HEAD}tests: file://cases.csv\n`,
        'cases.csv': 'word,__expected\nyes,contains:SAY\n',
      },
    ],
    [
      'a CSV',
      {
        'suite.yaml': `${HEAD}tests: file://cases.csv\n`,
        'cases.csv': `${BOM}word,__expected\r\nyes,contains:SAY\r\n`,
      },
    ],
    [
      'JSONL',
      {
        'suite.yaml': `${HEAD}tests: file://cases.jsonl\n`,
        'cases.jsonl': `${BOM}{"vars":{"word":"yes"},"assert":[{"type":"contains","value":"SAY"}]}\n`,
      },
    ],
    [
      'a prompt',
      {
        'suite.yaml': HEAD.replace(/\[.*\]/, '[file://say.txt]') + 'tests: file://cases.csv\n',
        'say.txt': `${BOM}Say {{word}}`,
        'cases.csv': 'word,__expected\nyes,contains:SAY\n',
      },
    ],
  ]
  it.each(beginsWithBom)('%s that begins with a BOM', async (_what, files) => {
    const project = new Project(files)
    expect(await project.assay(['run', 'suite.yaml'])).toMatchObject({ code: 0 })
    expect(project.calls).toEqual(['Say yes'])
  })

  it('duplicate cases: they are kept, told apart, and warned of', async () => {
    const project = new Project({
      'suite.yaml': `${HEAD}tests: file://cases.csv\n`,
      'cases.csv': 'word,__expected\nyes,contains:SAY\nno,contains:SAY\nyes,contains:YES\nyes,contains:NO\n',
    })
    const ended = await project.assay(['run', 'suite.yaml'])
    const trials = project.trials()
    expect(trials.map(({ outcome }) => outcome).toSorted()).toEqual(['failed', 'passed', 'passed', 'passed'])
    const [, , second = '', third = ''] = trials
      .toSorted((a, b) => a.cell.source.line - b.cell.source.line)
      .map(({ cell }) => cell.caseId)
    expect(second).toMatch(/^[0-9a-f]{32}#2$/)
    expect(third).toBe(second.replace('#2', '#3'))
    expect(new Set(trials.map(({ cell }) => cell.id)).size).toBe(4)
    expect(ended.stderr).toContain(
      `warning: cases.csv:4: the case is the same as an earlier one: it is kept, as \`${second}\``,
    )
    expect(project.manifest().warnings).toHaveLength(2)
    expect(ended.code).toBe(1)
  })

  it('a CSV of 100 MB, which is streamed: it takes little more memory than a small one', async () => {
    const project = new Project({
      'suite.yaml': `${HEAD}tests: file://cases.csv\n`,
      'cases.csv': [...bigCsv(10)].join(''),
    })
    const small = await peakMemory(project, ['validate', 'suite.yaml'])
    const big = new Project({
      'suite.yaml': `${HEAD}tests: file://cases.csv\n`,
      'cases.csv': [...bigCsv(10_500)].join(''),
    })
    expect(readFileSync(big.path('cases.csv')).length).toBeGreaterThan(100 * MB)
    expect((await peakMemory(big, ['validate', 'suite.yaml'])) - small).toBeLessThan(80 * MB)
  })

  it('a CSV of 10 MB with a BOM and Windows line ends, cell for cell', async () => {
    const rows = 1000
    const project = new Project({
      'suite.yaml': `${HEAD}tests: file://cases.csv\n`,
      'cases.csv': [...bigCsv(rows)].join(''),
    })
    const ended = await project.assay(['run', 'suite.yaml', '--json'])
    expect(JSON.parse(ended.stdout)).toMatchObject({
      cells: { planned: rows, finished: rows, passed: rows, absent: 0 },
    })
    const trials = project.trials()
    expect(new Set(trials.map(({ cell }) => cell.vars['n'])).size).toBe(rows)
    expect(trials.every(({ output }) => output === `SAY ${'X '.repeat(5000)}`)).toBe(true)
    expect(project.calls).toHaveLength(rows)
  })
})
