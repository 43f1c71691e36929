import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import type { Running } from './cli.ts'
import { Project } from './cli.ts'

interface Line {
  readonly v: number
  readonly url: string
  readonly port: number
  readonly env: Readonly<Record<string, string>>
}

const project = new Project()
let running: Running | undefined
afterEach(async () => {
  running?.child.kill('SIGKILL')
  await running?.ended
})

async function simulate(...args: string[]): Promise<{ first: string; running: Running }> {
  const started = project.start(['simulate', '--port', '0', ...args])
  running = started
  const [first] = (await once(createInterface(started.child.stdout!), 'line')) as [string]
  return { first, running: started }
}

async function simulateJson(...args: string[]): Promise<Line & { running: Running }> {
  const { first, running } = await simulate('--json', ...args)
  return { ...(JSON.parse(first) as Line), running }
}

function chat(url: string, content = 'hello'): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] }),
  })
}

describe('assay simulate', () => {
  it('prints what to export, serves, and ends with 0 and a summary at Ctrl-C', async () => {
    const { first, running } = await simulate()
    const url = /^export AWS_ENDPOINT_URL_BEDROCK_RUNTIME=(http:\/\/127\.0\.0\.1:\d+)$/.exec(first)?.[1] ?? ''
    expect((await chat(url)).status).toBe(200)
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    expect(code).toBe(0)
    expect(stdout).toBe(
      [
        `AWS_ENDPOINT_URL_BEDROCK_RUNTIME=${url}`,
        'AWS_REGION=us-east-1',
        `GOOGLE_API_BASE_URL=${url}`,
        `OPENAI_BASE_URL=${url}/v1`,
        `ANTHROPIC_BASE_URL=${url}`,
        `OLLAMA_BASE_URL=${url}`,
      ]
        .map((line) => `export ${line}\n`)
        .join(''),
    )
    expect(stderr).toContain('simulated models, not language models')
    expect(stderr).toMatch(/1 call: 1 reply\n$/)
  })

  it('prints one line of JSON when asked to, and ends with 0 at SIGTERM while it answers', async () => {
    const { v, url, port, env, running } = await simulateJson('--time-scale', '1000')
    expect(v).toBe(1)
    expect(url).toBe(`http://127.0.0.1:${port}`)
    expect(env).toMatchObject({ AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url, OPENAI_BASE_URL: `${url}/v1` })
    const asked = chat(url).catch((thrown: unknown) => thrown)
    await expect
      .poll(async () => (await fetch(`${url}/simulate/stats`)).json())
      .toMatchObject({ inFlight: 1 })
    running.child.kill('SIGTERM')
    const { code, stdout, stderr } = await running.ended
    expect({ code, lines: stdout.split('\n').length }).toEqual({ code: 0, lines: 2 })
    expect(await asked).toBeInstanceOf(TypeError)
    expect(stderr).toMatch(/1 call: 0 replies · 1 being answered\n$/)
  })

  it('answers with faults by its seed, when asked to', async () => {
    const statuses = async (seed: string): Promise<number[]> => {
      const { url, running } = await simulateJson('--faults', '--seed', seed)
      const asked = Array.from({ length: 60 }, async (_, n) => {
        const response = await chat(url, `hello ${n}`).catch(() => undefined)
        return response?.status ?? 0
      })
      const statuses = await Promise.all(asked)
      running.child.kill('SIGINT')
      await running.ended
      return statuses
    }
    const once = await statuses('1')
    expect(new Set(once).size).toBeGreaterThan(2)
    expect(once.filter((status) => status === 200).length).toBeGreaterThan(30)
    expect(await statuses('1')).toEqual(once)
    expect(await statuses('2')).not.toEqual(once)
  })

  it('refuses a port that is taken, and says what helps', async () => {
    await using other = await startSimulatedServer()
    const { code, stdout, stderr } = await project.assay(['simulate', '--port', String(other.port)])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`error: cannot serve on 127.0.0.1:${other.port}: something else listens there`)
    expect(stderr).toContain('hint: --port 0 takes one that is free')
  })

  it.each([
    [['--port', 'x'], 'expected a port from 0 to 65535, got "x"'],
    [['--port', '70000'], 'expected a port'],
    [['--time-scale', '-1'], 'expected a factor from 0, got "-1"'],
    [['--seed', 'a'], 'expected a whole number'],
    [['--host', '203.0.113.1'], 'cannot serve on 203.0.113.1:8417'],
    [['suite.yaml'], 'too many arguments'],
  ])('refuses %j with 2', async (args, message) => {
    const { code, stdout, stderr } = await project.assay(['simulate', ...args])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
  })
})
