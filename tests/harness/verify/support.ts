import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Assertion } from '../../../harness/model/assertion.ts'
import type { Case, TestCase } from '../../../harness/model/case.ts'
import type { Provider, ProviderResponse } from '../../../harness/model/provider.ts'
import type { Suite } from '../../../harness/model/suite.ts'
import type { Verification } from '../../../harness/model/verification.ts'
import type { OpenVerifier, VerifierOptions } from '../../../harness/verify/open-verifier.ts'
import { openVerifier } from '../../../harness/verify/open-verifier.ts'

/** One folder for the whole process: promptfoo takes its own only once. */
export const CACHE_DIR = join(tmpdir(), `assay-verify-${process.pid}`)

/** A folder with these files, to be a suite's. */
export async function folderOf(files: Record<string, string> = {}): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-verify-suite-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text)
  return dir
}

export function suiteIn(dir: string, more: Partial<Suite> = {}): Suite {
  return {
    name: 'test',
    file: join(dir, 'suite.yaml'),
    dir,
    root: dir,
    prompts: [],
    providers: [],
    async *cases() {},
    derivedMetrics: [],
    extensions: [],
    nunjucksFilters: {},
    env: {},
    assay: {},
    serial: false,
    hash: '',
    files: {},
    warnings: [],
    ...more,
  }
}

export const provider: Provider = {
  id: () => 'tested',
  callApi: () => Promise.resolve({ output: '' }),
}

interface CaseOptions extends Partial<TestCase> {
  /** The checks come from a data file. */
  readonly literal?: boolean
}

export function caseOf(assert: Assertion[], { literal = false, ...test }: CaseOptions = {}): Case {
  const at = { file: '/suite/suite.yaml', line: 7, column: 5 }
  const vars = test.vars ?? {}
  return {
    id: 'case',
    vars,
    literalVars: new Set(),
    test: { assert, vars, ...test },
    checks: assert.map((assertion) => ({ assertion, at, literal })),
    repeat: 1,
    tags: [],
    at,
  }
}

export async function verifierIn(
  files: Record<string, string> = {},
  options: Partial<VerifierOptions> & { suite?: Partial<Suite> } = {},
): Promise<OpenVerifier> {
  const { suite, ...rest } = options
  const dir = await folderOf(files)
  return openVerifier(suiteIn(dir, suite), { cacheDir: CACHE_DIR, env: {}, ...rest })
}

/** Checks one reply. */
export function verifyReply(
  verifier: OpenVerifier,
  testCase: Case,
  response: ProviderResponse,
  more: { vars?: Record<string, unknown>; provider?: Provider; latencyMs?: number | null } = {},
): Promise<Verification> {
  return verifier.verify({
    case: testCase,
    vars: testCase.vars,
    prompt: 'the prompt',
    provider,
    response,
    latencyMs: 12,
    origin: { cellId: 'cell', caseId: 'case', repeat: 0, attempt: 0 },
    ...more,
  })
}

/** Makes writing to any part of a value an error. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
