import type { Billing } from './billing.ts'
import type { Failure } from './failure.ts'
import type { Usage } from './usage.ts'

/**
 * promptfoo's custom-provider contract, as far as assay uses it. A provider file's default export is a class
 * constructed with `({id, config, env})`; it runs unchanged under promptfoo's own CLI.
 */
export interface Provider {
  id(): string
  callApi(
    prompt: string,
    context?: CallContext,
    options?: { abortSignal?: AbortSignal },
  ): Promise<ProviderResponse>
  label?: string | undefined
  config?: unknown
  delay?: number | undefined
  transform?: unknown
  /** False: no reply of an earlier run may stand for a call. A cassette may still. */
  readonly cacheable?: boolean | undefined
  /** What its calls are billed as, as far as that is known before one is made. */
  readonly billing?: Billing | undefined
  /** What is odd about it and stops no run: a model that retires soon, a region it is not served in. Told once. */
  readonly warnings?: readonly string[] | undefined
  /**
   * Whatever can be made ready and found out without a paid call: libraries loaded, credentials found. Awaited before the first
   * call of a run, and not where only recorded replies are wanted. @throws HarnessError `suite` that names what is missing
   */
  ready?(): Promise<void>
  cleanup?(): void | Promise<void>
}

/** What a provider is told about the call besides the rendered prompt. */
export interface CallContext {
  readonly vars: Record<string, unknown>
  readonly prompt: { readonly raw: string; readonly label: string; readonly config?: unknown }
  readonly test?: unknown
  readonly repeatIndex?: number
  readonly originalProvider?: Provider
  readonly [key: string]: unknown
}

/** promptfoo's reply. `error` and `output` exclude each other; what `metadata` may tell us is in `Told`. */
export interface ProviderResponse {
  output?: unknown
  error?: string | undefined
  tokenUsage?: TokenUsage | undefined
  /** USD. */
  cost?: number | undefined
  cached?: boolean | undefined
  latencyMs?: number | undefined
  logProbs?: number[] | undefined
  finishReason?: string | undefined
  isRefusal?: boolean | undefined
  metadata?: Record<string, unknown> | undefined
  raw?: unknown
  [key: string]: unknown
}

/** What a provider may tell assay under `metadata`, beside whatever else it keeps there (request id, stop reason, headers). */
export interface Told {
  /** Beside promptfoo's `error`: what kind of failure it was. */
  readonly failure?: Partial<Failure> | undefined
  /**
   * Milliseconds. `latencyMs`: from the request leaving to the last byte, where the provider can tell better than whoever called
   * it; `ttftMs`: to the first output, from the same start; `serverMs`: what the server says it took.
   */
  readonly timing?:
    | {
        readonly ttftMs?: number | undefined
        readonly latencyMs?: number | undefined
        readonly serverMs?: number | undefined
      }
    | undefined
  /** Goes before promptfoo's `tokenUsage`, which knows no time to live. */
  readonly usage?: Usage | undefined
  /** As what this very call is billed: it then goes by the price table, before promptfoo's `cost`. */
  readonly billing?: Billing | undefined
  /** What was odd about this call; the first of each kind is told while the run goes on. */
  readonly warnings?: readonly string[] | undefined
}

/** promptfoo's token counts. */
export interface TokenUsage {
  total?: number | undefined
  prompt?: number | undefined
  completion?: number | undefined
  cached?: number | undefined
  numRequests?: number | undefined
  completionDetails?: Record<string, number | undefined> | undefined
}
