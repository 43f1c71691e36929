import { isAmount } from '../model/amount.ts'
import type { ProviderResponse } from '../model/provider.ts'

type Metadata = ProviderResponse['metadata']

/** Warnings of one call that are kept. */
const MOST_WARNINGS = 20

/** Milliseconds, as a provider tells them under `metadata.timing`. */
export interface TimesTold {
  readonly ttftMs?: number
  readonly latencyMs?: number
  readonly serverMs?: number
}

export function timesTold(metadata: Metadata): TimesTold {
  const { ttftMs, latencyMs, serverMs } = mapIn(metadata, 'timing')
  return {
    ...(isAmount(ttftMs) && { ttftMs }),
    ...(isAmount(latencyMs) && latencyMs > 0 && { latencyMs }),
    ...(isAmount(serverMs) && { serverMs }),
  }
}

export function warningsTold(metadata: Metadata): string[] {
  const told = metadata?.['warnings']
  return Array.isArray(told) ? told.filter(isSentence).slice(0, MOST_WARNINGS) : []
}

function isSentence(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function mapIn(metadata: Metadata, key: string): Readonly<Record<string, unknown>> {
  const value = metadata?.[key]
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
