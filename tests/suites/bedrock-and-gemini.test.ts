import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { SimulatedServer } from '../../providers/simulated/server/start.ts'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import { Project, REPO } from '../e2e/cli.ts'

interface Written {
  readonly prompts: unknown
  readonly providers: readonly { readonly label: string }[]
  readonly tests: unknown
  readonly defaultTest: unknown
  readonly assay: Readonly<Record<string, unknown>>
}

const CASES = 4
const SUITES = [
  { name: 'bedrock', endpoint: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME', credential: 'AWS_ACCESS_KEY_ID' },
  { name: 'gemini', endpoint: 'GOOGLE_API_BASE_URL', credential: 'GOOGLE_API_KEY' },
]
/** No metadata service is asked for credentials, and no file. */
const NO_CREDENTIALS = { AWS_EC2_METADATA_DISABLED: 'true' }

function fileOf(name: string): string {
  return join(REPO, 'suites/sentiment', name)
}

function read(name: string): Written {
  return parse(readFileSync(fileOf(name), 'utf8'), { merge: true }) as Written
}

let server: SimulatedServer
beforeAll(async () => {
  server = await startSimulatedServer()
})
afterAll(() => server.close())

describe.each(SUITES)('the suite for $name', ({ name, endpoint, credential }) => {
  const file = fileOf(`suite.${name}.yaml`)
  const written = read(`suite.${name}.yaml`)

  it('asks what suite.yaml asks, and checks it alike', () => {
    const { prompts, tests, defaultTest } = read('suite.yaml')
    expect(written).toMatchObject({ prompts, tests, defaultTest })
  })

  it('has limits, a budget and a gate', () => {
    expect(written.assay).toMatchObject({
      limits: {},
      budget: { usd: expect.any(Number) as number },
      gate: {},
    })
  })

  it('is refused with 2 where there are no credentials, before any call, and names what is missing', async () => {
    const project = new Project()
    const { code, stdout, stderr } = await project.assay(['run', file], { env: NO_CREDENTIALS })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(credential)
    expect(stderr).toContain(`suite.${name}.yaml:`)
    expect(project.runs).toEqual([])
  })

  it('runs against the simulated server with nothing but its address', async () => {
    const before = server.stats().replies
    const project = new Project()
    const { code, stderr } = await project.assay(
      ['run', file, '--sample', String(CASES), '--fail-on', 'none', '--no-cache', '--json'],
      { env: { ...NO_CREDENTIALS, [endpoint]: server.url } },
    )
    if (code !== 0) throw new Error(stderr)
    const trials = project.trials()
    expect(trials).toHaveLength(CASES * 2 * 3 * written.providers.length)
    expect(server.stats().replies - before).toBe(trials.length)
    for (const trial of trials) {
      expect(trial.outcome).not.toBe('errored')
      expect(trial.response.finishReason).toBe('stop')
      expect(trial.costUsd).toBeGreaterThan(0)
      expect(trial.usage).toMatchObject({ input: expect.any(Number) as number })
      expect(trial.ttftMs).toBeLessThanOrEqual(trial.latencyMs ?? 0)
    }
    expect(trials.some(({ outcome }) => outcome === 'passed')).toBe(true)
  })
})
