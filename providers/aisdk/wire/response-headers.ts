/** Headers worth keeping of a response: ids, limits, times. None of them holds a secret. */
const KEPT =
  /^(?:date|retry-after.*|x-should-retry|.*request-?id|.*ratelimit.*|.*rate-limit.*|openai-(?:model|processing-ms|version)|anthropic-organization-id|x-gemini-.*|server-timing|x-envoy-upstream-service-time|cf-ray)$/

export function keptHeaders(headers: Headers | undefined): Record<string, string> {
  return Object.fromEntries([...(headers ?? [])].filter(([name]) => KEPT.test(name)))
}

/** Milliseconds that the server says a whole reply took it. */
export function serverMs(headers: Headers | undefined): number | undefined {
  const told =
    headers?.get('openai-processing-ms') ??
    headers?.get('x-envoy-upstream-service-time') ??
    /\bdur=([\d.]+)/.exec(headers?.get('server-timing') ?? '')?.[1]
  const ms = Number(told ?? Number.NaN)
  return Number.isFinite(ms) ? ms : undefined
}
