// A custom provider that asks the fault server. `config.style` says how it reports what went wrong: `tells` in assay's words,
// `throws` what fetch throws, `texts` as promptfoo's own providers do, in the text of an error.
export default class Asking {
  constructor({ config }) {
    this.config = config
  }

  id() {
    return `asking:${this.config.account}`
  }

  async callApi(prompt, _context, options) {
    const { account, style = 'tells', secure = false } = this.config
    const base = process.env[secure ? 'FAULTS_SECURE_URL' : 'FAULTS_URL']
    const url = `${base}/call/${encodeURIComponent(account)}`
    const response = await fetch(url, { method: 'POST', body: prompt, signal: options?.abortSignal ?? null })
    if (!response.ok) return failed(response, style)
    const { text, usage, error } = await response.json()
    if (error) return { error: `API error: ${error.message}` }
    return {
      output: text,
      tokenUsage: { prompt: usage?.in, completion: usage?.out },
      cost: 0.0001,
    }
  }
}

async function failed(response, style) {
  const { status, statusText, headers } = response
  const body = await response.text()
  if (style === 'throws')
    throw Object.assign(new Error(`HTTP ${status}`), { status, response: { status, headers } })
  if (style === 'texts') return { error: `API error: ${status} ${statusText}\n${body}` }
  const kind = status === 429 ? 'throttled' : status >= 500 ? 'unavailable' : undefined
  return {
    error: `HTTP ${status}`,
    metadata: { failure: { kind, status, retryAfterMs: waitMs(headers) } },
  }
}

function waitMs(headers) {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const seconds = Number(value)
  return Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.parse(headers.get('date'))
}
