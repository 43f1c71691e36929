import type { Plan } from '../../../harness/model/plan.ts'
import type { Prompt } from '../../../harness/model/prompt.ts'
import type { ProviderSpec, Suite } from '../../../harness/model/suite.ts'
import type { ManifestOptions } from '../../../harness/record/manifest.ts'

const at = { file: '/w/suite.yaml', line: 3, column: 5 }
const prompt: Prompt = { raw: 'Is {{text}} positive?', key: 'zero-shot', label: 'zero-shot', at }
const flash: ProviderSpec = {
  key: 'flash',
  id: 'file://flash.ts',
  kind: 'file',
  account: 'local',
  config: { apiKey: 'resolved-secret' },
  configAsWritten: { apiKey: '{{env.FLASH_KEY}}' },
  at,
}
const sonnet: ProviderSpec = {
  key: 'sonnet',
  id: 'sonnet-class',
  kind: 'builtin',
  account: 'bedrock:sonnet',
  model: 'bedrock:sonnet-4',
  at,
}

const suite: Suite = {
  name: 'sentiment',
  file: '/w/suite.yaml',
  dir: '/w',
  root: '/w',
  description: 'mails',
  prompts: [prompt],
  providers: [flash, sonnet],
  async *cases() {},
  derivedMetrics: [],
  extensions: [],
  nunjucksFilters: {},
  env: {},
  assay: {},
  serial: false,
  hash: 'suite-hash',
  files: { 'suite.yaml': 'f00d' },
  warnings: [],
}

const plan: Plan = {
  suite,
  columns: [flash, sonnet].map((provider, index) => ({
    index,
    prompt,
    provider,
    hash: `hash-${index}`,
    providerHash: '',
  })),
  accounts: ['local', 'openai'],
  async *cells() {},
  size: { cases: 10, cells: 60, repeats: 3, cellsByAccount: { local: 30, openai: 30 } },
  warnings: [{ message: 'two cases are alike', at }, { message: 'plain' }],
}

/** Everything a manifest is made of: one prompt on two providers. */
export const MANIFEST_INPUT: ManifestOptions = {
  id: '20260131-142530-123-k3f9',
  plan,
  planned: 60,
  cwd: '/w',
  provenance: {
    versions: { assay: '0.1.0', node: '24.0.0' },
    git: { commit: 'abc', dirty: true, branch: 'main' },
    machine: { cores: 2, cpu: 'a cpu' },
  },
  seed: 7,
  command: ['run', 'suite.yaml'],
  startedAt: new Date('2026-01-31T14:25:30.123Z'),
  notices: new Map([['flash', 'Not a language model.']]),
}
