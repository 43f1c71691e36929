/**
 * A server that fails as it is told, on loopback. It runs in a process of its own (`start-server.ts` starts it), so that its
 * clock is disturbed by nothing the client does. `POST /call/<account>` asks it; `GET /log`, `GET /reached/<n>` and
 * `PUT /script` are for the test.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { Account } from './account.ts'
import { answer } from './answer.ts'
import { makeCertificate } from './certificate.ts'
import type { Logged, Script } from './script.ts'

/** What the process tells whoever started it. */
export interface Listening {
  readonly url: string
  readonly secureUrl: string
  /** Of the secure one, PEM: for NODE_EXTRA_CA_CERTS. */
  readonly cert: string
}

let script = JSON.parse(process.argv[2] ?? '{}') as Script
let accounts = new Map<string, Account>()
const log: Logged[] = []
const waiting: { readonly count: number; readonly tell: () => void }[] = []

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, route = '', name = ''] = (request.url ?? '').split('/')
  switch (route) {
    case 'call':
      return call(decodeURIComponent(name), request, response)
    case 'log':
      response.end(JSON.stringify(log))
      return
    case 'reached':
      await reached(Number(name))
      response.end()
      return
    case 'script':
      script = JSON.parse(await text(request)) as Script
      accounts = new Map()
      response.end()
      return
    default:
      response.writeHead(404).end()
  }
}

async function call(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrivedMs = performance.now()
  const account = accountOf(name)
  account.inFlight++
  let ended = false
  response.on('close', () => {
    account.inFlight--
    ended = true
    if (entry !== undefined) settle(entry, response)
  })
  let entry: Logged | undefined
  const prompt = await text(request)
  const step = account.next(prompt, Date.now())
  const given = step.do === 'status' ? `status ${step.status}` : step.do
  const { inFlight } = account
  entry = { id: log.length, account: name, prompt, arrivedMs, tookMs: null, given, answered: false, inFlight }
  log.push(entry)
  for (const { count, tell } of waiting) if (log.length >= count) tell()
  if (ended) settle(entry, response)
  else await answer(response, step, account.textFor(prompt))
}

function settle(entry: Logged, response: ServerResponse): void {
  entry.tookMs = performance.now() - entry.arrivedMs
  entry.answered = response.writableFinished
}

function accountOf(name: string): Account {
  const known = accounts.get(name)
  if (known !== undefined) return known
  const made = new Account(script.accounts?.[name] ?? script.accounts?.['*'] ?? {}, script.seed ?? 1)
  accounts.set(name, made)
  return made
}

/** Resolves once so many calls have come. */
function reached(count: number): Promise<void> {
  return new Promise((tell) => {
    if (log.length >= count) tell()
    else waiting.push({ count, tell })
  })
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  // A connection that goes while its request is being read.
  handle(request, response).catch(() => response.destroy())
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const PATIENT = { keepAliveTimeout: 120_000, requestTimeout: 0 }
const plain = createServer(PATIENT, serve)
const { key, cert } = makeCertificate()
const secure = createSecureServer({ ...PATIENT, key, cert }, serve)
let connections = 0
const slow = createTcpServer((socket) => {
  const wait = script.handshakeMs?.[connections++] ?? 0
  socket.on('error', () => socket.destroy())
  setTimeout(() => secure.emit('connection', socket), wait)
})
const listening: Listening = {
  url: `http://${await listen(plain)}`,
  secureUrl: `https://${await listen(slow)}`,
  cert,
}
process.on('disconnect', () => process.exit())
process.send?.(listening)
