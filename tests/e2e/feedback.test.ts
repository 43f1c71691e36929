import { describe, expect, it } from 'vitest'
import { Project } from './cli.ts'

/** Wraps its answer in a sentence until it is told not to; what it was asked is in `calls.log`, a line of JSON each. */
const PROVIDER = `import { appendFileSync } from 'node:fs'
export default class Talkative {
  id(): string {
    return 'talkative'
  }
  async callApi(prompt: string): Promise<object> {
    appendFileSync(new URL('calls.log', import.meta.url), JSON.stringify(prompt) + '\\n')
    const stubborn = prompt.includes('stubborn')
    const told = prompt.includes('valid JSON')
    const output = told && !stubborn ? '{"label": "good"}' : 'The label is good.'
    return { output, cost: 0.01, tokenUsage: { prompt: 10, completion: 5 } }
  }
}
`

interface Parts {
  readonly prompt?: string
  readonly tests?: string
  readonly feedback?: string
  readonly gate?: string
}

const TESTS = `
  - { vars: { mail: thanks } }
  - { vars: { mail: stubborn } }`

function project({
  prompt = "'Label {{mail}}'",
  tests = TESTS,
  feedback = '{ maxAttempts: 3 }',
  gate = '{}',
}: Parts = {}): Project {
  return new Project({
    'provider.ts': PROVIDER,
    'suite.yaml': `prompts: [${prompt}]
providers: [file://provider.ts]
defaultTest:
  assert: [{ type: is-json, metric: format }]
tests: ${tests}
assay:
  feedback: ${feedback}
  gate: ${gate}
`,
  })
}

const asked = (project: Project): string[] => project.calls.map((line) => JSON.parse(line) as string)

describe('a reply that fails its checks', () => {
  it('goes back with the reasons, until it passes or the same reply comes twice', async () => {
    const suite = project()
    const { code, stdout } = await suite.assay(['run', 'suite.yaml', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      cells: { planned: 2, finished: 2, passed: 1, failed: 1 },
      columns: [
        {
          passRate: 0.5,
          firstTry: { passRate: 0 },
          feedback: { cells: 2, helped: 1, hurt: 0, meanAttempts: 2, addedUsd: 0.02 },
          costUsd: 0.04,
        },
      ],
      calls: { made: 4, retried: 0 },
      spentUsd: 0.04,
    })

    const trials = suite.trials().toSorted((a, b) => a.cell.source.line - b.cell.source.line)
    expect(trials).toMatchObject([
      {
        outcome: 'passed',
        output: '{"label": "good"}',
        costUsd: 0.02,
        usage: { input: 20, output: 10 },
        first: { outcome: 'failed', score: 0, namedScores: { format: 0 } },
        feedback: { attempts: 2, addedUsd: 0.01, ended: 'passed' },
      },
      { outcome: 'failed', feedback: { attempts: 2, ended: 'same_reply' } },
    ])
    const [trial] = trials
    expect(trial?.attempts).toHaveLength(2)
    expect(trial?.attempts[0]?.feedback).toEqual([expect.stringContaining('valid JSON')])
    expect(trial?.attempts[1]).toMatchObject({ attempt: 1 })
    const calls = suite.journal().filter((line) => line.kind === 'call' && line.cellId === trial?.cell.id)
    expect(calls).toMatchObject([
      { attempt: 0, result: { reply: { output: 'The label is good.' } } },
      { attempt: 1, result: { reply: { output: '{"label": "good"}' } } },
    ])
    const second = asked(suite).find((prompt) => prompt.startsWith('Label thanks\n')) ?? ''
    expect(second).toContain('You answered:\n\nThe label is good.\n\nYour answer was not accepted:\n- ')
  })

  it('goes back as the next turns of a conversation', async () => {
    const prompt = `'[{"role": "user", "content": "Label {{mail}}"}]'`
    const suite = project({ prompt, tests: '[{ vars: { mail: \'a "quoted" mail\' } }]' })
    const { code } = await suite.assay(['run', 'suite.yaml'])
    expect(code).toBe(0)
    const [first = '', second = '', ...none] = asked(suite)
    expect(none).toEqual([])
    const turns = JSON.parse(second) as { role: string; content: string }[]
    expect(turns.slice(0, 1)).toEqual(JSON.parse(first))
    expect(turns[1]).toEqual({ role: 'assistant', content: 'The label is good.' })
    expect(turns[2]).toMatchObject({ role: 'user', content: expect.stringContaining('valid JSON') as string })
    expect(turns).toHaveLength(3)
  })

  it('goes back in the suite’s words, and is not told the answer', async () => {
    const suite = project({
      tests: `[{ vars: { mail: thanks }, assert: [{ type: contains, metric: right, value: SECRET }] }]`,
      feedback: `{ maxAttempts: 2, template: '{{prompt}}, said {{reply}} ({{round}}): {{reasons | join("; ")}}' }`,
    })
    const { code } = await suite.assay(['run', 'suite.yaml'])
    expect(code).toBe(0)
    const [, second = ''] = asked(suite)
    expect(second).toMatch(
      /^Label thanks, said The label is good\. \(2\): .*valid JSON.*; the check `contains` \(right\) did not hold$/,
    )
    expect(suite.calls).toHaveLength(2)
    expect(suite.trials()[0]?.feedback?.ended).toBe('max_attempts')
  })

  it('may gate by its first tries, and the reports tell both', async () => {
    const tests = '[{ vars: { mail: thanks } }]'
    const suite = project({ tests, gate: '{ floors: { pass: 1, pass_first: 0.5 } }' })
    const { code, stdout } = await suite.assay(['run', 'suite.yaml'])
    expect(code).toBe(1)
    expect(stdout).toContain('pass_first is 0.0%, below its floor of 50.0%')
    expect(stdout).toMatch(/first try 0\.0% · .* last try 100\.0%/)
  })

  it('is the last one where the suite allows a single attempt', async () => {
    const suite = project({ feedback: '{ maxAttempts: 1 }' })
    await suite.assay(['run', 'suite.yaml'])
    expect(suite.calls).toHaveLength(2)
    expect(suite.trials().map(({ feedback }) => feedback?.ended)).toEqual(['max_attempts', 'max_attempts'])
  })

  it('stays at its first try where a check broke', async () => {
    const suite = project({
      tests: '[{ vars: { mail: thanks }, assert: [{ type: javascript, value: file://broken.ts }] }]',
    })
    suite.write('broken.ts', "export default () => { throw new Error('it broke') }\n")
    const { code } = await suite.assay(['run', 'suite.yaml'])
    expect(code).toBe(3)
    expect(suite.trials()).toMatchObject([
      { outcome: 'errored', feedback: { attempts: 1, ended: 'errored' } },
    ])
  })
})

it('a template that says nothing is refused before anything is called', async () => {
  const suite = project({ feedback: `{ maxAttempts: 2, template: 'Again, {{prompt}}: {{reason}}' }` })
  const { code, stderr } = await suite.assay(['run', 'suite.yaml'])
  expect(code).toBe(2)
  expect(stderr).toContain('suite.yaml:9')
  expect(stderr).toContain('assay.feedback.template prints `reason`, which it is not given')
  expect(stderr).toContain('did you mean `reasons`?')
  expect([suite.calls, suite.runs]).toEqual([[], []])
})
