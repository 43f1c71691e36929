import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import { Project, REPO } from '../e2e/cli.ts'
import { runPromptfoo } from './run-promptfoo.ts'

const PROVIDERS = join(REPO, 'providers')

/** Each of assay's providers as a file, against the same server, with no key. */
const suite = (
  url: string,
): string => `prompts: ["Answer with one of: positive, negative.\\n\\nText: {{text}}\\nSentiment:"]
providers:
  - id: file://${PROVIDERS}/bedrock.ts
    label: bedrock
    config: { model: sonnet-class, region: us-east-1, endpoint: '${url}' }
  - id: file://${PROVIDERS}/aisdk.ts
    label: aisdk
    config: { vendor: google, model: gemini-2.5-flash, baseUrl: '${url}/v1beta' }
  - id: file://${PROVIDERS}/http.ts
    label: http
    config:
      url: '${url}/v1/chat/completions'
      body: { model: gpt-4o-mini, messages: [{ role: user, content: '{{prompt}}' }] }
      output: choices[0].message.content
  - { id: file://${PROVIDERS}/simulated/index.ts, label: simulated, config: { profile: sonnet } }
tests:
  - { vars: { text: 'I love it, wonderful!' }, assert: [{ type: icontains, value: positive }] }
  - { vars: { text: 'I hate it, terrible.' }, assert: [{ type: icontains, value: positive }] }
`

it('every provider of assay runs under promptfoo’s own CLI, and comes to the verdicts it comes to under assay', async () => {
  await using server = await startSimulatedServer()
  const project = new Project({ 'suite.yaml': suite(server.url) })
  const env = { AWS_EC2_METADATA_DISABLED: 'true' }
  const theirs = await runPromptfoo(project.dir, { env })
  const ours = await project.assay(['run', 'suite.yaml', '--allow-outside'], { env })
  expect(ours.code).toBe(1)
  const verdicts = project
    .trials()
    .map(({ cell, outcome }) => `${cell.provider}: ${String(cell.vars['text'])}: ${outcome === 'passed'}`)
  expect(verdicts.toSorted()).toEqual([
    'aisdk: I hate it, terrible.: false',
    'aisdk: I love it, wonderful!: true',
    'bedrock: I hate it, terrible.: false',
    'bedrock: I love it, wonderful!: true',
    'http: I hate it, terrible.: false',
    'http: I love it, wonderful!: true',
    'simulated: I hate it, terrible.: false',
    'simulated: I love it, wonderful!: true',
  ])
  const theirVerdicts = theirs.rows.map(({ provider, prompt, success }) => {
    const [, text = ''] = /Text: (.*)/.exec(prompt.raw) ?? []
    return `${provider.label}: ${text}: ${success}`
  })
  expect(theirVerdicts.toSorted()).toEqual(verdicts.toSorted())
}, 120_000)
