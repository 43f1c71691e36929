import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Step } from './script.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Answers a request as its step says. `text` is what a good reply says. */
export async function answer(response: ServerResponse, step: Step, text: string): Promise<void> {
  const body = JSON.stringify({ text, usage: { in: 12, out: 4 } })
  switch (step.do) {
    case 'reply':
      if (step.afterMs !== undefined) await sleep(step.afterMs)
      response.writeHead(200, JSON_TYPE).end(body)
      return
    case 'status':
      response
        .writeHead(step.status, { ...JSON_TYPE, ...retryAfter(step.retryAfter) })
        .end(`{"error":{"message":"scripted ${step.status}"}}`)
      return
    case 'reset':
      if (step.when === 'during') await half(response, body)
      response.socket?.resetAndDestroy()
      return
    case 'hang':
      return
    case 'trickle':
      response.writeHead(200, JSON_TYPE)
      for (let piece = 0; piece < step.pieces && !response.destroyed; piece++) {
        const size = body.length / step.pieces
        response.write(body.slice(Math.round(piece * size), Math.round((piece + 1) * size)))
        await sleep(step.everyMs)
      }
      response.end()
      return
    case 'garbage':
      response.writeHead(200, JSON_TYPE).end('{"text": "half a th')
      return
    case 'page':
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html><h1>Sign in to the proxy</h1></html>')
      return
    case 'flood':
      response.writeHead(200, JSON_TYPE).end(JSON.stringify({ text: text + 'x'.repeat(step.bytes) }))
      return
    case 'error_inside':
      response.writeHead(200, JSON_TYPE).end('{"error":{"message":"the model is not loaded"}}')
  }
}

/** Sends half of a body, and waits until it has left. */
async function half(response: ServerResponse, body: string): Promise<void> {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': body.length })
  await new Promise<void>((resolve) => response.write(body.slice(0, body.length / 2), () => resolve()))
  await sleep(20)
}

/** A date has whole seconds: it is rounded up, so that it asks for no less. */
function retryAfter(wait: number | { readonly date: number } | undefined): Record<string, string> {
  if (wait === undefined) return {}
  if (typeof wait === 'number') return { 'retry-after': String(wait) }
  const at = Math.ceil(Date.now() / 1000 + wait.date) * 1000
  return { 'retry-after': new Date(at).toUTCString() }
}
