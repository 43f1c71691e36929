import { join } from 'node:path'
import type { Provider, ProviderResponse } from '../model/provider.ts'
import type { Grade } from './score/grade.ts'

/** The part of promptfoo's exports assay uses. Its own declarations are 1.3 MB and would slow every type check. */
export interface Promptfoo {
  readonly assertions: {
    runAssertion(options: AssertionRun): Promise<Grade>
    runAssertions(
      options: Omit<AssertionRun, 'assertion'> & { assertScoringFunction?: unknown },
    ): Promise<Grade>
    /** `select-best`: one grade per output, in their order. */
    matchesComparisonBoolean(
      criteria: string,
      outputs: readonly string[],
      grading: Record<string, unknown>,
      vars: Record<string, unknown>,
      context: Record<string, unknown>,
    ): Promise<Grade[]>
    matchesClosedQa(
      input: string,
      expected: string,
      output: string,
      grading: Record<string, unknown>,
    ): Promise<Grade>
  }
  loadApiProvider(
    id: string,
    context: { options?: unknown; basePath?: string; env?: Record<string, string | undefined> },
  ): Promise<Provider>
}

/** One assertion on one reply, as promptfoo's `runAssertion` takes it. */
export interface AssertionRun {
  readonly assertion: object
  readonly test: object
  readonly vars?: Record<string, unknown>
  readonly prompt?: string
  readonly provider?: Provider
  readonly providerResponse: ProviderResponse
  readonly latencyMs?: number | undefined
}

const TELEMETRY_KEY = Symbol.for('promptfoo.telemetry.instance')
let imported: Promise<Promptfoo> | undefined

/**
 * promptfoo, imported once per process, after everything in it that phones home, writes to the home folder, caches
 * or prints was switched off. What it must write goes below `cacheDir`. The import blocks the event loop for over a
 * second: have it done before the first call is timed.
 */
export function importPromptfoo({ cacheDir }: { cacheDir: string }): Promise<Promptfoo> {
  imported ??= importIsolated(cacheDir)
  return imported
}

async function importIsolated(cacheDir: string): Promise<Promptfoo> {
  Object.assign(process.env, isolation(join(cacheDir, 'promptfoo')))
  // Read at import only, and a name other programs use: put back afterwards.
  const logLevel = process.env['LOG_LEVEL']
  process.env['LOG_LEVEL'] = 'silent'
  try {
    const library: unknown = await import('promptfoo')
    silenceTelemetry()
    return library as Promptfoo
  } finally {
    if (logLevel === undefined) delete process.env['LOG_LEVEL']
    else process.env['LOG_LEVEL'] = logLevel
  }
}

function isolation(home: string): Record<string, string> {
  return {
    PROMPTFOO_CONFIG_DIR: home,
    PROMPTFOO_LOG_DIR: join(home, 'logs'),
    PROMPTFOO_CACHE_PATH: join(home, 'cache'),
    PROMPTFOO_CACHE_ENABLED: 'false',
    PROMPTFOO_CACHE_TYPE: 'memory',
    PROMPTFOO_DISABLE_TELEMETRY: 'true',
    PROMPTFOO_DISABLE_UPDATE: 'true',
    PROMPTFOO_DISABLE_SHARING: 'true',
    PROMPTFOO_DISABLE_SHARE_EMAIL_REQUEST: 'true',
    PROMPTFOO_DISABLE_REMOTE_GENERATION: 'true',
    PROMPTFOO_DISABLE_REDTEAM_REMOTE_GENERATION: 'true',
    PROMPTFOO_DISABLE_DEBUG_LOG: 'true',
    PROMPTFOO_DISABLE_ERROR_LOG: 'true',
    PROMPTFOO_ENABLE_DATABASE_LOGS: 'false',
    PROMPTFOO_TRACING_ENABLED: 'false',
    PROMPTFOO_LOG_TO_STDERR: 'true',
    // A library of its own reads `.env` once more and says so on stdout.
    DOTENV_CONFIG_QUIET: 'true',
  }
}

/** With telemetry disabled promptfoo still sends one event that says so. */
function silenceTelemetry(): void {
  const telemetry = (process as unknown as Record<symbol, { record?: unknown } | undefined>)[TELEMETRY_KEY]
  if (telemetry !== undefined) telemetry.record = () => {}
}

/**
 * Has promptfoo look for its default graders now, which it does before any model-graded check, even one that names its
 * grader. It would ask Google's metadata server, over the network, whether there are credentials.
 */
export async function settleDefaultGraders({ assertions }: Promptfoo): Promise<void> {
  const before = process.env['METADATA_SERVER_DETECTION']
  process.env['METADATA_SERVER_DETECTION'] = 'none'
  const provider = { id: () => 'none', callApi: () => Promise.resolve({ output: 'Y' }) }
  try {
    await assertions.matchesClosedQa('-', '-', '-', { provider })
  } finally {
    if (before === undefined) delete process.env['METADATA_SERVER_DETECTION']
    else process.env['METADATA_SERVER_DETECTION'] = before
  }
}
