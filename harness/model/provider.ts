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

/** promptfoo's reply. `error` and `output` exclude each other; `metadata.failure` and `metadata.timing` are ours. */
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

/** promptfoo's token counts. */
export interface TokenUsage {
  total?: number | undefined
  prompt?: number | undefined
  completion?: number | undefined
  cached?: number | undefined
  numRequests?: number | undefined
  completionDetails?: Record<string, number | undefined> | undefined
}
