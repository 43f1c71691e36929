import { globSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Project } from './cli.ts'

const SECRETS = { MY_API_KEY: 'hunter2hunter2hunter2', PLAIN: 'seventeen' }

/** Says its key in a reply, in an error, and to whoever listens. */
const PROVIDER = `export default class Leaky {
  #key: string
  constructor({ config }: { config: { apiKey: string } }) { this.#key = config.apiKey }
  id(): string { return 'leaky' }
  async callApi(prompt: string): Promise<object> {
    console.log('the key is', this.#key)
    return prompt === 'break' ? { error: '401: ' + this.#key + ' is no key' } : { output: 'my key is ' + this.#key }
  }
}
`

const SUITE = `prompts: ['{{word}}']
providers:
  - { id: file://provider.ts, label: leaky, config: { apiKey: '{{env.MY_API_KEY}}' } }
assay: { redact: ['seven\\w+'], maxErrorRate: 0.6 }
tests:
  - { vars: { word: tell }, assert: [{ type: equals, value: nothing }] }
  - { vars: { word: break }, assert: [{ type: equals, value: nothing }] }
  - { vars: { word: seventeen }, assert: [{ type: not-contains, value: key }] }
`

describe('a secret', () => {
  it('is in no file of the run folder, and in nothing that is printed of it', async () => {
    const project = new Project({ 'provider.ts': PROVIDER, 'suite.yaml': SUITE })
    const ended = await project.assay(['run', 'suite.yaml', '--reporter', 'default', '--reporter', 'jsonl'], {
      env: SECRETS,
    })
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('[redacted:')

    const files = globSync('runs/*/*/*', { cwd: project.dir })
    expect(files.map((file) => basename(file)).toSorted()).toEqual([
      'analysis.json',
      'junit.xml',
      'manifest.json',
      'report.html',
      'results.jsonl',
      'summary.md',
      'trials.jsonl',
      'verdict.json',
    ])
    for (const secret of Object.values(SECRETS)) {
      expect(files.filter((file) => project.read(file).includes(secret))).toEqual([])
      expect(ended.stdout).not.toContain(secret)
      expect(ended.stderr).not.toContain(secret)
    }
    expect(ended.stderr).toContain('the key is [redacted:MY_API_KEY]')
    expect(project.manifest().providers).toMatchObject([{ config: { apiKey: '{{env.MY_API_KEY}}' } }])
  })

  it('leaves no half of it where a text is cut', async () => {
    // Wherever it is cut, one of these has the key there.
    const check = `export default (output: string, { vars }: { vars: { n: number } }) =>
  ({ pass: false, score: 0, reason: '-'.repeat(vars.n) + (output + ' ').repeat(200) })\n`
    const tests = Array.from({ length: 12 }, (_, i) => `  - vars: { n: ${i * 3} }\n`).join('')
    const suite = `prompts: ['tell {{n}}']
providers: [{ id: file://provider.ts, label: leaky, config: { apiKey: '{{env.MY_API_KEY}}' } }]
defaultTest: { assert: [{ type: javascript, value: file://check.ts }] }
tests:
${tests}`
    const project = new Project({ 'provider.ts': PROVIDER, 'suite.yaml': suite, 'check.ts': check })
    await project.assay(['run', 'suite.yaml'], { env: SECRETS })
    const files = globSync('runs/*/*/*', { cwd: project.dir })
    expect(files.filter((file) => project.read(file).includes(SECRETS.MY_API_KEY.slice(0, 6)))).toEqual([])
    expect(project.read(files.find((file) => file.endsWith('analysis.json')) ?? '')).toContain('…')
  })

  it("of the suite's own patterns is in no JSON on stdout, which stays JSON", async () => {
    const suite = SUITE.replace("'seven\\w+'", `'"?,?"[a-z]+"', 'seven\\w+'`)
    const project = new Project({ 'provider.ts': PROVIDER, 'suite.yaml': suite })
    const args = ['run', 'suite.yaml', '--json', '--reporter', 'jsonl=/dev/stderr']
    const { stdout, stderr } = await project.assay(args, { env: SECRETS })
    expect(JSON.parse(stdout)).toMatchObject({ v: 1, cells: { finished: 3 } })
    expect(stdout + stderr).not.toContain('seventeen')
  })
})

describe('a column whose name holds the number of an account', () => {
  const ARN = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/x'
  const suite = `prompts: ['Say {{word}}']
providers: [{ id: file://provider.ts, label: '${ARN}' }]
assay: { gate: {} }
tests:
  - vars: { word: yes }
    assert: [{ type: contains, value: SAY }]
  - vars: { word: no }
    assert: [{ type: contains, value: SAY }]
`

  it('is found again by later runs, and by one that is gone on with', async () => {
    const project = new Project({ 'suite.yaml': suite })
    await project.assay(['run', 'suite.yaml'])
    await project.assay(['accept', 'last'])
    const compared = await project.assay(['run', 'suite.yaml', '--json'])
    expect(compared.stderr).not.toContain('error')
    expect(JSON.parse(compared.stdout)).toMatchObject({ exitCode: 0, comparison: { cases: 2 } })

    const [run = ''] = project.runs
    const journal = project.read(`${run}/trials.jsonl`)
    project.write(`${run}/trials.jsonl`, journal.slice(0, -20))
    rmSync(project.path(`${run}/verdict.json`))
    const resumed = await project.assay(['resume', run, '--json'])
    expect(JSON.parse(resumed.stdout)).toMatchObject({ exitCode: 0, cells: { finished: 2 } })
    expect(project.read(`${run}/manifest.json`)).not.toContain('123456789012')
  })
})
