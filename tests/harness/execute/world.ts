import { hash } from 'node:crypto'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import type { Check } from '../../../harness/model/assertion.ts'
import type { Case, TestCase } from '../../../harness/model/case.ts'
import type { Selection } from '../../../harness/model/plan.ts'
import type { Prompt } from '../../../harness/model/prompt.ts'
import type { Provider, ProviderResponse } from '../../../harness/model/provider.ts'
import type { ProviderSpec, Suite } from '../../../harness/model/suite.ts'
import type { Call, JournalLine, Trial } from '../../../harness/model/trial.ts'
import type { Verification, Verifier, VerifyInput } from '../../../harness/model/verification.ts'
import type { ExecuteDeps, Execution } from '../../../harness/execute/execute.ts'
import { execute } from '../../../harness/execute/execute.ts'

const FILE = '/nowhere/suite.yaml'

/** A case as the reader would make it of a test. */
export function caseOf(test: TestCase, line = 1): Case {
  const vars = test.vars ?? {}
  const checks = (test.assert ?? []).map((assertion): Check => ({
    assertion,
    at: { file: FILE, line },
    literal: false,
  }))
  return {
    id: (test.metadata?.['id'] as string | undefined) ?? hash('sha256', JSON.stringify(vars)).slice(0, 12),
    description: test.description,
    vars,
    literalVars: new Set(),
    test,
    checks,
    repeat: test.options?.repeat ?? 1,
    tags: (test.metadata?.['tags'] as string[] | undefined) ?? [],
    at: { file: FILE, line },
  }
}

export function casesOf(count: number): Case[] {
  return Array.from({ length: count }, (_, i) =>
    caseOf({ vars: { q: `question ${i}` }, metadata: { id: `c${i}` } }, i + 1),
  )
}

export function promptOf(raw: string, over: Partial<Prompt> = {}): Prompt {
  return { raw, key: raw, label: raw, at: { file: FILE, line: 1 }, ...over }
}

export function specOf(key: string, over: Partial<ProviderSpec> = {}): ProviderSpec {
  return {
    key,
    id: `test:${key}`,
    kind: 'file',
    label: key,
    account: key,
    at: { file: FILE, line: 3, column: 5 },
    ...over,
  }
}

export function suiteOf(over: Partial<Suite> & { tests?: readonly Case[] } = {}): Suite {
  const { tests = casesOf(3), ...rest } = over
  return {
    name: 'test',
    file: FILE,
    dir: '/nowhere',
    root: '/nowhere',
    prompts: [promptOf('Answer: {{q}}', { key: 'p' })],
    providers: [specOf('m')],
    async *cases() {
      yield* tests
    },
    derivedMetrics: [],
    extensions: [],
    nunjucksFilters: {},
    env: {},
    assay: {},
    serial: false,
    hash: '',
    files: {},
    warnings: [],
    ...rest,
  }
}

/** A provider that answers with a function's result. */
export function providerOf(
  callApi: (...args: Parameters<Provider['callApi']>) => unknown = (prompt) => ({ output: `re: ${prompt}` }),
  over: Partial<Provider> = {},
): Provider {
  return { id: () => 'test', callApi: callApi as Provider['callApi'], ...over }
}

/** Passes every reply; the seam the real verifier is put in at. */
export function verifierOf(over: Partial<Verifier> = {}): Verifier {
  return {
    verify: ({ response }: VerifyInput): Promise<Verification> =>
      Promise.resolve({
        outcome: 'passed',
        score: 1,
        namedScores: {},
        checks: [],
        reason: 'ok',
        output: response.output,
      }),
    checksHash: () => 'checks',
    gradersOf: () => Promise.resolve([]),
    comparesColumns: ({ checks }) => checks.some(({ assertion }) => assertion.type === 'select-best'),
    compare: (_case, _cells, trials) => Promise.resolve([...trials]),
    close: () => Promise.resolve(),
    ...over,
  }
}

interface Ran {
  readonly execution: Execution
  readonly lines: JournalLine[]
  readonly trials: Trial[]
  readonly calls: Call[]
  readonly warnings: string[]
}

/** Plans and runs a suite with a journal in memory. */
export async function run(
  suite: Suite,
  provider: Provider | Readonly<Record<string, Provider>>,
  deps: Partial<ExecuteDeps> = {},
  selection: Selection = {},
): Promise<Ran> {
  const lines: JournalLine[] = []
  const warnings: string[] = []
  const byKey = 'callApi' in provider ? {} : (provider as Record<string, Provider>)
  const one = 'callApi' in provider ? (provider as Provider) : undefined
  const plan = await makePlan(suite, selection)
  const execution = await execute(plan, {
    cwd: '/',
    providers: new Map(suite.providers.map(({ key }) => [key, one ?? byKey[key] ?? providerOf()])),
    verifier: verifierOf(),
    journal: {
      async write(line) {
        lines.push(JSON.parse(JSON.stringify(line)) as JournalLine)
      },
    },
    clock: { now: () => performance.now(), wallClock: () => new Date() },
    onWarning: (message) => warnings.push(message),
    ...deps,
  })
  return {
    execution,
    lines,
    trials: lines.filter((line) => line.kind === 'trial'),
    calls: lines.filter((line) => line.kind === 'call'),
    warnings,
  }
}

/** A provider's answer, typed. */
export function reply(response: ProviderResponse): () => ProviderResponse {
  return () => response
}
