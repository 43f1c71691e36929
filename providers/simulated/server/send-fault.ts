import type { Outlet } from './outlet.ts'
import type { Dialect } from './protocol.ts'
import { WireError } from './protocol.ts'
import type { Step } from './step.ts'

const HALF_JSON = '{"output": {"message": "half a th'
const PAGE = '<html><head><title>Gateway</title></head><body><h1>Sign in to the proxy</h1></body></html>'

/** Sends an error as the dialect words it. */
export function sendError(outlet: Outlet, dialect: Dialect, error: WireError, id: string, more = {}): void {
  const { headers, body } = dialect.error(error, id)
  outlet.whole(error.status, { ...headers, ...more }, body)
}

/** Follows a step that comes before any reply of a model. False where it is none of those. */
export async function sendFault(outlet: Outlet, dialect: Dialect, step: Step, id: string): Promise<boolean> {
  const isEarly = 'when' in step && (step.when === 'before' || step.when === 'headers')
  if (step.do === 'status') sendStatus(outlet, dialect, step, id)
  else if (step.do === 'garbage')
    outlet.whole(step.status ?? 200, { 'content-type': 'application/json' }, HALF_JSON)
  else if (step.do === 'page')
    outlet.whole(step.status ?? 200, { 'content-type': 'text/html; charset=utf-8' }, PAGE)
  else if (step.do === 'reset' && isEarly) {
    if (step.when === 'headers') outlet.head(200, {})
    await outlet.reset()
  } else if (step.do === 'hang' && isEarly) {
    if (await outlet.pause(step.forMs)) await outlet.reset()
  } else return false
  return true
}

function sendStatus(outlet: Outlet, dialect: Dialect, step: Step & { do: 'status' }, id: string): void {
  const named = dialect.nameStatus(step.status)
  const { status, errorType = named.type, message = named.message, retryAfter } = step
  const details = typeof retryAfter === 'number' ? { retryAfter } : {}
  const error = new WireError(status, errorType, message, details)
  sendError(outlet, dialect, error, id, retryAfterHeader(retryAfter))
}

/** A date has whole seconds: it is rounded up, so that it asks for no less. */
function retryAfterHeader(wait: (Step & { do: 'status' })['retryAfter']): Record<string, string> {
  if (wait === undefined) return {}
  if (typeof wait === 'number') return { 'retry-after': String(wait) }
  const at = Math.ceil(Date.now() / 1000 + wait.date) * 1000
  return { 'retry-after': new Date(at).toUTCString() }
}
