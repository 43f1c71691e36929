import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import SimulatedModel from '../../../../providers/simulated/index.ts'
import { hash } from '../../../../providers/simulated/random.ts'
import { spawnSimulatedServer } from '../../../../providers/simulated/server/spawn.ts'
import type { SimulatedServer } from '../../../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../../../providers/simulated/server/start.ts'
import type { ScriptedRequest } from '../../../../providers/simulated/server/step.ts'

const UNSURE = 'Answer with one of: positive, negative, neutral, mixed.\n\nText: Parcel 7 came\nSentiment:'
const LONG = `Text: ${Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')}`

interface Options {
  readonly model?: string
  readonly stream?: boolean
  readonly signal?: AbortSignal
}

function ask(
  url: string,
  prompt: string,
  { model = 'gpt-4o-mini', stream = false, signal }: Options = {},
): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }], stream }),
    signal: signal ?? null,
  })
}

async function textOf(asked: Promise<Response>): Promise<string> {
  const { choices } = (await (await asked).json()) as { choices: { message: { content: string } }[] }
  return choices[0]?.message.content ?? ''
}

/** Asks for what is not answered, and goes once the server has the request. */
async function leave(server: SimulatedServer, prompt: string): Promise<void> {
  const before = server.log.length
  const leaving = new AbortController()
  const asked = ask(server.url, prompt, { signal: leaving.signal }).catch((error: unknown) => error)
  await expect.poll(() => server.log.length).toBe(before + 1)
  leaving.abort()
  expect(await asked).toMatchObject({ name: 'AbortError' })
}

describe('repeats', () => {
  it('get the replies of the in-process model, one after the other', async () => {
    await using server = await startSimulatedServer({ seed: 5 })
    const model = new SimulatedModel({
      config: { profile: 'flash', seed: 5 + hash('gpt-4o-mini'), timeScale: 0 },
    })
    const different = new Set<string>()
    for (const prompt of Array.from({ length: 10 }, (_, index) => UNSURE.replace('7', String(index)))) {
      const replies = new Set<string>()
      for (const repeatIndex of [0, 1, 2]) {
        const served = await textOf(ask(server.url, prompt))
        expect(served).toBe((await model.callApi(prompt, { repeatIndex })).output)
        replies.add(served)
      }
      if (replies.size > 1) different.add(prompt)
    }
    expect(different.size).toBeGreaterThan(2)
  })

  it('of another body, or another model, begin anew', async () => {
    await using server = await startSimulatedServer()
    for (const model of ['gpt-4o', 'gpt-4o-mini', 'gpt-4o']) await textOf(ask(server.url, UNSURE, { model }))
    await textOf(ask(server.url, `${UNSURE} `))
    expect(server.log.map(({ repeat, nth }) => ({ repeat, nth }))).toEqual([
      { repeat: 0, nth: 0 },
      { repeat: 0, nth: 0 },
      { repeat: 1, nth: 1 },
      { repeat: 0, nth: 0 },
    ])
  })

  it('are not used up by faults, nor by a client that went', async () => {
    const steps = [
      { do: 'status', status: 503 },
      { do: 'reset', when: 'mid-stream' },
      { do: 'hang', when: 'before' },
    ] as const
    await using server = await startSimulatedServer({ script: ({ nth }) => steps[nth] })
    expect((await ask(server.url, UNSURE)).status).toBe(503)
    await expect(textOf(ask(server.url, UNSURE))).rejects.toThrow('terminated')
    await leave(server, UNSURE)
    await expect.poll(() => server.stats().inFlight).toBe(0)
    await textOf(ask(server.url, UNSURE))
    await textOf(ask(server.url, UNSURE))
    expect(server.log.map(({ given, replied, repeat }) => ({ given, replied, repeat }))).toEqual([
      { given: 'status 503', replied: false, repeat: 0 },
      { given: 'reset mid-stream', replied: false, repeat: 0 },
      { given: 'hang before', replied: false, repeat: 0 },
      { given: 'reply', replied: true, repeat: 0 },
      { given: 'reply', replied: true, repeat: 1 },
    ])
  })
})

describe('the log', () => {
  it('counts replies, faults, refusals, and clients that did not wait', async () => {
    await using server = await startSimulatedServer({
      script: ({ prompt }) =>
        prompt === 'fault'
          ? { do: 'status', status: 500 }
          : prompt === 'slow'
            ? { do: 'delay', ms: 60_000 }
            : undefined,
    })
    await textOf(ask(server.url, 'fine'))
    await ask(server.url, 'fault')
    await ask(server.url, 'x', { model: 'nobodys-model' })
    await leave(server, 'slow')
    await expect
      .poll(() => server.stats())
      .toMatchObject({ calls: 4, replies: 1, faults: 1, refused: 1, abandoned: 1, inFlight: 0 })
    const overHttp = (path: string): Promise<unknown> => fetch(server.url + path).then((told) => told.json())
    expect(await overHttp('/simulate/stats')).toMatchObject({ calls: 4, replies: 1 })
    expect(await overHttp('/simulate/calls')).toEqual(server.log)
  })

  it('names protocol, call, model and the hash of the prompt', async () => {
    await using server = await startSimulatedServer()
    await textOf(ask(server.url, 'hello'))
    expect(server.log[0]).toMatchObject({
      protocol: 'openai',
      call: 'chat',
      model: 'gpt-4o-mini',
      promptHash: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    })
    expect(server.log[0]?.tookMs).toBeGreaterThan(0)
  })
})

describe('a script', () => {
  it('is told what was asked, and how often before', async () => {
    const seen: ScriptedRequest[] = []
    await using server = await startSimulatedServer({
      script: (asked) => {
        seen.push(asked)
        return asked.nth === 0 ? { do: 'status', status: 503 } : undefined
      },
    })
    await ask(server.url, 'hello', { stream: true })
    await (await ask(server.url, 'hello', { stream: true })).text()
    const about = { protocol: 'openai', model: 'gpt-4o-mini', isStream: true, prompt: 'hello' }
    expect(seen).toEqual([
      { ...about, nth: 0 },
      { ...about, nth: 1 },
    ])
  })
})

describe('the pace', () => {
  it('of a stream is that of the model: its pieces come apart', async () => {
    await using server = await startSimulatedServer({ timeScale: 0.2 })
    const response = await ask(server.url, LONG, { stream: true })
    const arrivals: number[] = []
    for await (const _ of response.body ?? []) arrivals.push(performance.now())
    expect(arrivals.length).toBeGreaterThan(5)
    expect((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(50)
  })

  it('is no longer kept once the client has gone', async () => {
    await using server = await startSimulatedServer({ timeScale: 100 })
    const stop = new AbortController()
    const asked = ask(server.url, LONG, { stream: true, signal: stop.signal })
    await expect.poll(() => server.stats().inFlight).toBe(1)
    stop.abort()
    await expect(asked).rejects.toThrow('aborted')
    await expect.poll(() => server.stats()).toMatchObject({ inFlight: 0, abandoned: 1, connections: 0 })
  })
})

describe('the server', () => {
  it('answers 500 connections at once', async () => {
    await using server = await startSimulatedServer({
      script: ({ prompt }) => ({ do: 'text', text: `re: ${prompt}`, ms: 4000 }),
    })
    const agent = new Agent({ keepAlive: true, maxSockets: 500 })
    const one = (n: number): Promise<string> =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: `n${n}` }] })
        const options = { agent, method: 'POST', headers: { 'content-length': body.length } }
        const sent = request(`${server.url}/v1/chat/completions`, options, (response) => {
          response
            .setEncoding('utf8')
            .toArray()
            .then((pieces: string[]) => resolve(pieces.join('')), reject)
        })
        sent.on('error', reject).end(body)
      })
    const asked = Promise.all(Array.from({ length: 500 }, (_, n) => one(n)))
    await expect
      .poll(() => server.stats(), { timeout: 4000 })
      .toMatchObject({ inFlight: 500, connections: 500 })
    const replies = await asked
    for (const [n, reply] of replies.entries()) expect(reply).toContain(`"re: n${n}"`)
    expect(server.stats()).toMatchObject({ replies: 500, inFlight: 0 })
    agent.destroy()
  })

  it('leaves nothing behind when it is closed while it answers', async () => {
    const server = await startSimulatedServer({ script: () => ({ do: 'delay', ms: 60_000 }) })
    const asked = ask(server.url, 'hello')
    await expect.poll(() => server.stats().inFlight).toBe(1)
    const [failed] = await Promise.all([asked.catch((thrown: unknown) => thrown), server.close()])
    expect(failed).toBeInstanceOf(TypeError)
    await sleep(10)
    expect(server.stats()).toMatchObject({ inFlight: 0, connections: 0 })
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap')).toEqual([])
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
  })

  it('tells by its code that a port is taken', async () => {
    await using server = await startSimulatedServer()
    await expect(startSimulatedServer({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('runs in a process of its own, where every request gets the same step', async () => {
    const server = await spawnSimulatedServer({ step: { do: 'text', text: 'from afar' } })
    expect(await textOf(ask(server.url, 'hello'))).toBe('from afar')
    await server.stop()
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
  })

  it('takes a body of megabytes, and a client that goes in the midst of it', async () => {
    await using server = await startSimulatedServer()
    expect((await ask(server.url, 'word '.repeat(2_000_000))).status).toBe(400)
    const sent = request(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-length': 1000 },
    })
    sent.on('error', () => {})
    sent.write('{"model":')
    await expect.poll(() => server.stats().inFlight).toBe(1)
    sent.destroy()
    await expect.poll(() => server.stats().inFlight).toBe(0)
    expect((await ask(server.url, 'hello')).status).toBe(200)
  })
})
