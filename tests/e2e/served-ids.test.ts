import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SimulatedServer } from '../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import type { Step } from '../../providers/simulated/server/step.ts'
import { type Ended, Project } from './cli.ts'
import { refuses } from './refuses.ts'

const TESTS = `tests:
  - vars: { word: yes }
    assert: [{ type: javascript, value: output.length > 0 }]
  - vars: { word: no }
    assert: [{ type: javascript, value: output.length > 0 }]
`

/** A suite of these providers, one a line from line 3 on. */
function suiteOf(...providers: string[]): string {
  return `prompts: ['Say {{word}}']\nproviders:\n${providers.map((line) => `  - ${line}\n`).join('')}${TESTS}`
}

const WITHOUT_KEYS = { AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1' }

describe('a mistake in the config of an id that assay serves', () => {
  const misspelt = suiteOf('{id: openai:chat:gpt-4o, config: {temprature: 0}}')
  refuses(
    ['run', 'validate', 'plan'].map((command) => ({
      what: `a key that is misspelt, at ${command}`,
      suite: misspelt,
      args: [command, 'suite.yaml'],
      error: 'suite.yaml:3:39: openai knows no config key `temprature`',
      hint: 'hint: did you mean `temperature`?',
    })),
  )
  refuses([
    {
      what: 'a class that nobody knows',
      suite: suiteOf('sonet-class'),
      error: 'suite.yaml:3:5: there is no class of models `sonet-class`',
      hint: 'hint: did you mean `sonnet-class`?',
    },
    {
      what: 'the key of a grader that is misspelt',
      suite: `prompts: ['Say {{word}}']
providers: [file://provider.ts]
tests:
  - vars: { word: yes }
    assert:
      - type: llm-rubric
        value: polite
        provider: { id: bedrock:sonnet-class, config: { temprature: 0 } }
`,
      error:
        'suite.yaml:8:57: the grader `bedrock:sonnet-class` cannot be loaded: bedrock knows no config key',
      hint: 'hint: did you mean `temperature`?',
    },
  ])
})

describe('without credentials', () => {
  it('a run ends before any call, and all that is missing is told, at its place', async () => {
    const project = new Project({
      'suite.yaml': suiteOf(
        'openai:chat:gpt-4o',
        'openai:gpt-4o-mini',
        'anthropic:sonnet-class',
        'flash-class',
        'bedrock:nova-lite-class',
      ),
    })
    const ended = await project.assay(['run', 'suite.yaml'], { env: WITHOUT_KEYS })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/suite\.yaml:3:5: .*\(the same holds for openai:gpt-4o-mini\)/)
    for (const [line, name] of [
      [3, 'OPENAI_API_KEY'],
      [5, 'ANTHROPIC_API_KEY'],
      [6, 'GOOGLE_API_KEY'],
      [7, 'AWS_ACCESS_KEY_ID'],
    ]) {
      const own = ended.stderr.split('error: ').find((part) => part.startsWith(`suite.yaml:${line}:5: `))
      expect(own).toContain(name)
    }
    expect(project.runs).toEqual([])
  })

  it('plan and validate need none', async () => {
    const project = new Project({ 'suite.yaml': suiteOf('openai:chat:gpt-4o', 'bedrock:sonnet-class') })
    for (const command of ['plan', 'validate']) {
      const ended = await project.assay([command, 'suite.yaml'], { env: WITHOUT_KEYS })
      expect(ended).toMatchObject({ code: 0 })
    }
  })
})

describe('over the wire', () => {
  let server: SimulatedServer
  let script: (model: string) => Step | undefined = () => undefined
  beforeAll(async () => {
    server = await startSimulatedServer({ script: ({ model }) => script(model) })
  })
  afterAll(() => server.close())

  const run = (project: Project, ...args: string[]): Promise<Ended> =>
    project.assay(['run', 'suite.yaml', ...args], {
      env: {
        ...WITHOUT_KEYS,
        OPENAI_BASE_URL: `${server.url}/v1`,
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: server.url,
      },
    })

  it('an id and a class are served by assay, whose latency is to be trusted', async () => {
    script = () => undefined
    const project = new Project({ 'suite.yaml': suiteOf('openai:chat:gpt-4o', 'bedrock:sonnet-class') })
    const ended = await run(project)
    expect(ended).toMatchObject({ code: 0 })
    const { providers } = project.manifest()
    expect(providers).toMatchObject([
      { key: 'openai:chat:gpt-4o', account: 'openai:gpt-4o' },
      { key: 'bedrock:sonnet-class', id: 'bedrock:sonnet-class' },
    ])
    expect(providers[0]).not.toHaveProperty('model')
    expect(providers[1]?.model).toMatch(/^bedrock:.*claude-sonnet/)
    expect(providers[1]?.account).toBe(providers[1]?.model)
    expect(project.trials().flatMap(({ attempts }) => attempts.map(({ timing }) => timing.trusted))).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(new Set(server.log.map(({ model }) => `bedrock:${model}`))).toContain(providers[1]?.model)
    expect(ended.stdout).not.toContain('~')
  })

  it("`promptfoo:` asks for promptfoo's own, whose latency is marked everywhere", async () => {
    script = () => undefined
    const config = `{apiBaseUrl: ${server.url}/v1, apiKey: k}`
    const project = new Project({
      'suite.yaml': suiteOf(`{id: promptfoo:openai:chat:gpt-4o, config: ${config}}`),
    })
    const ended = await run(project, '--reporter', 'default', '--reporter', 'markdown=summary.md')
    expect(ended).toMatchObject({ code: 0 })
    expect(project.manifest().providers).toMatchObject([
      { id: 'promptfoo:openai:chat:gpt-4o', account: 'openai' },
    ])
    const timings = project.trials().flatMap(({ attempts }) => attempts.map(({ timing }) => timing))
    expect(timings).toMatchObject([{ trusted: false }, { trusted: false }])
    expect(ended.stdout).toContain('~ is latency as the provider')
    expect(project.read('summary.md')).toMatch(/\| ~[\d.]+ m?s \|/)
  })

  it('a model that is refused takes no other model of its vendor with it', async () => {
    script = (model) => (model === 'gpt-4o-mini' ? { do: 'status', status: 403 } : undefined)
    const project = new Project({ 'suite.yaml': suiteOf('openai:gpt-4o-mini', 'openai:gpt-4o') })
    const ended = await run(project)
    expect(ended.code).toBe(3)
    const finished = project.trials().filter(({ outcome }) => outcome === 'passed')
    expect(finished.map(({ cell }) => cell.provider)).toEqual(['openai:gpt-4o', 'openai:gpt-4o'])
    expect(ended.stdout).toContain('openai:gpt-4o-mini: ')
  })

  it('a grader by class is served too, and answers', async () => {
    script = (model) =>
      /sonnet/.test(model) ? { do: 'text', text: '{"pass": true, "score": 1, "reason": "it is"}' } : undefined
    const project = new Project({
      'suite.yaml': `prompts: ['Say {{word}}']
providers: [openai:gpt-4o]
tests:
  - vars: { word: yes }
    assert: [{ type: llm-rubric, value: polite, provider: bedrock:sonnet-class }]
`,
    })
    const ended = await run(project)
    expect(ended).toMatchObject({ code: 0 })
    const graded = project.journal().filter((line) => line.kind === 'call' && line.role === 'grader')
    // One of them asks whether the grader is there.
    const answered = { result: { timing: { trusted: true }, reply: { finishReason: 'stop' } } }
    expect(graded).toMatchObject([answered, answered])
  })

  it('what was recorded is replayed without an endpoint and without a key', async () => {
    script = () => undefined
    const project = new Project({ 'suite.yaml': suiteOf('openai:gpt-4o', 'bedrock:haiku-class') })
    expect((await run(project, '--record')).code).toBe(0)
    const calls = server.stats().calls
    const replayed = await project.assay(['run', 'suite.yaml', '--replay'], { env: WITHOUT_KEYS })
    expect(replayed).toMatchObject({ code: 0 })
    expect(server.stats().calls).toBe(calls)
  })
})
