import { globSync } from 'node:fs'
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
    }
    expect(project.manifest().providers).toMatchObject([{ config: { apiKey: '{{env.MY_API_KEY}}' } }])
  })
})
