import { messageOf, HarnessError } from '../../harness/model/errors.ts'
import type { Stats } from '../../providers/simulated/server/call-log.ts'
import type { SimulatedServer } from '../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import { count, counted } from '../../reports/format/figures.ts'
import type { Io } from '../io.ts'

interface SimulateOptions {
  readonly port: number
  readonly host: string
  readonly faults: boolean
  readonly seed: number
  readonly timeScale: number
  readonly json: boolean
}

const REDRAW_MS = 500
const PLAIN_MS = 5_000

/** `assay simulate`: serves the simulated models over HTTP until Ctrl-C. Always ends with 0, unless it cannot begin. */
export async function simulateCommand(io: Io, options: SimulateOptions): Promise<number> {
  const server = await listen(options)
  const env = environmentFor(server.url, io.env['AWS_REGION'])
  io.out(
    options.json ? `${JSON.stringify({ v: 1, url: server.url, port: server.port, env })}\n` : exportsOf(env),
  )
  io.err(`simulated models, not language models, on ${server.url}; Ctrl-C ends them\n`)
  const watch = watchServer(io, server)
  await interrupted()
  watch.stop()
  const stats = server.stats()
  await server.close()
  io.err(`${describe(stats)}\n`)
  return 0
}

async function listen({ port, host, faults, seed, timeScale }: SimulateOptions): Promise<SimulatedServer> {
  try {
    return await startSimulatedServer({ port, host, seed, timeScale, ...(faults && { faults: {} }) })
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? 'something else listens there' : messageOf(thrown)
    throw new HarnessError('usage', `cannot serve on ${host}:${port}: ${why}`, {
      hint:
        code === 'EADDRINUSE' ? '--port 0 takes one that is free' : '--host and --port say where to listen',
      cause: thrown,
    })
  }
}

/** What sends the clients of the vendors to this server. */
function environmentFor(url: string, region = 'us-east-1'): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
    AWS_REGION: region,
    GOOGLE_API_BASE_URL: url,
    OPENAI_BASE_URL: `${url}/v1`,
    ANTHROPIC_BASE_URL: url,
    OLLAMA_BASE_URL: url,
  }
}

function exportsOf(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}=${value}\n`)
    .join('')
}

/** Resolves at Ctrl-C, and at SIGTERM. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

/** One line that says what came so far: redrawn on a terminal, else told now and then, where something came. */
function watchServer(io: Io, server: SimulatedServer): { stop: () => void } {
  let told = describe(server.stats())
  const timer = setInterval(
    () => {
      const line = describe(server.stats())
      if (line === told) return
      told = line
      io.err(io.live ? `\r\u001B[2K${line.slice(0, io.live.columns - 1)}` : `${line}\n`)
    },
    io.live ? REDRAW_MS : PLAIN_MS,
  )
  return {
    stop() {
      clearInterval(timer)
      if (io.live) io.err('\r\u001B[2K')
    },
  }
}

/** `1,204 calls: 1,180 replies, 24 faults · 12 being answered` */
function describe({ calls, replies, faults, refused, abandoned, inFlight }: Stats): string {
  const parts = [
    counted(replies, 'reply', 'replies'),
    faults > 0 ? counted(faults, 'fault') : '',
    refused > 0 ? `${count(refused)} refused` : '',
    abandoned > 0 ? `${count(abandoned)} given up by the client` : '',
  ]
  const now = inFlight > 0 ? ` · ${count(inFlight)} being answered` : ''
  return `${counted(calls, 'call')}: ${parts.filter((part) => part !== '').join(', ')}${now}`
}
