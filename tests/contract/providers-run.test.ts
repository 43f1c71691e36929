import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FailureKind } from '../../harness/model/failure.ts'
import type { Trial } from '../../harness/model/trial.ts'
import type { Step } from '../../providers/simulated/server/step.ts'
import type { Ended } from '../e2e/cli.ts'
import { Project } from '../e2e/cli.ts'
import { QUICK } from '../faults/suite.ts'
import { scripted } from './provider-calls.ts'
import { PROVIDERS, SECRETS, WIRE_MODES } from './provider-modes.ts'

const vendor = scripted()

/** What the first request of a case meets, by the case's word; the second is answered. */
const FAULTS: Readonly<Record<string, { readonly step: Step; readonly kind: FailureKind }>> = {
  throttled: { step: { do: 'status', status: 429 }, kind: 'throttled' },
  broken: { step: { do: 'status', status: 500 }, kind: 'unavailable' },
  full: { step: { do: 'status', status: 503, retryAfter: 0 }, kind: 'unavailable' },
  proxied: { step: { do: 'page', status: 502 }, kind: 'unavailable' },
  refused: { step: { do: 'reset', when: 'before' }, kind: 'unavailable' },
  headless: { step: { do: 'reset', when: 'headers' }, kind: 'unavailable' },
  lost: { step: { do: 'reset', when: 'mid-stream' }, kind: 'unavailable' },
  torn: { step: { do: 'reset', when: 'mid-frame' }, kind: 'unavailable' },
  silent: { step: { do: 'hang', when: 'before' }, kind: 'timeout' },
  stuck: { step: { do: 'hang', when: 'mid-stream' }, kind: 'timeout' },
  uncounted: { step: { do: 'status', status: 500 }, kind: 'unavailable' },
}
const WORDS = Object.keys(FAULTS)

/** Long enough for a reply of a server that waits for nothing, on a machine that is busy. */
const TIMEOUT_MS = 2000

let project: Project
let ended: Ended
let trials: readonly Trial[]

/** One run asks by all of them. */
beforeAll(async () => {
  void vendor.play(({ prompt, nth }) => {
    const word = prompt.split(' ').at(-1) ?? ''
    if (nth === 0) return FAULTS[word]?.step
    return word === 'uncounted' ? { do: 'no-usage' } : { do: 'text', text: `re: ${word}` }
  })
  const suite = {
    prompts: ['Say {{word}}'],
    providers: WIRE_MODES.map((mode) => ({
      id: `file://${join(PROVIDERS, mode.file)}`,
      label: mode.name,
      config: { ...mode.config(vendor.server.url), timeoutMs: TIMEOUT_MS },
      env: Object.fromEntries(Object.entries(mode.env).filter(([, value]) => value !== undefined)),
    })),
    tests: WORDS.map((word) => ({
      metadata: { id: word },
      vars: { word },
      assert: [{ type: 'javascript', value: 'output.length > 0' }],
    })),
    assay: QUICK,
  }
  project = new Project({ 'suite.yaml': JSON.stringify(suite) })
  const args = ['run', 'suite.yaml', '--json', '--allow-outside', '--concurrency', '40']
  ended = await project.assay(args, { env: { AWS_EC2_METADATA_DISABLED: 'true' } })
  trials = ended.code === 0 ? project.trials() : []
})

it('a run in which every first request fails loses nothing, and asks nothing again that was answered', async () => {
  expect(ended.stderr).not.toContain('error:')
  expect(ended.code).toBe(0)
  const planned = WIRE_MODES.length * WORDS.length
  const cells = { planned, finished: planned, passed: planned, failed: 0, errored: 0, absent: 0 }
  expect(JSON.parse(ended.stdout)).toMatchObject({ cells, calls: { made: 2 * planned, retried: planned } })
  const { log } = vendor.server
  expect(log.filter(({ nth }) => nth === 0)).toHaveLength(planned)
  expect(log.filter(({ nth, replied }) => nth === 1 && replied)).toHaveLength(planned)
  expect(log).toHaveLength(2 * planned)
  await expect.poll(() => vendor.server.stats()).toMatchObject({ inFlight: 0, connections: 0 })
})

it('no key is anywhere in its record, nor in what it prints', () => {
  for (const run of project.runs) {
    const record = project.read(join(run, 'trials.jsonl')) + project.read(join(run, 'manifest.json'))
    for (const secret of SECRETS) expect(record + ended.stdout + ended.stderr).not.toContain(secret)
  }
})

describe.each(WIRE_MODES)('$name', ({ name, isStreamed, knowsProtocol }) => {
  const own = (): Trial[] => trials.filter(({ cell }) => cell.provider === name)

  it('has one reply for every cell, and its first failure on record', () => {
    expect(
      own()
        .map(({ cell }) => cell.caseId)
        .toSorted(),
    ).toEqual(WORDS.toSorted())
    for (const { attempts, cell, output } of own()) {
      const [failed, replied, ...others] = attempts
      expect(others).toEqual([])
      expect(failed?.failure?.kind).toBe(FAULTS[cell.caseId]?.kind)
      expect(replied).toMatchObject({ retry: 1, timing: { trusted: true } })
      expect(replied?.timing.ttftMs !== undefined).toBe(isStreamed)
      if (cell.caseId !== 'uncounted') expect(output).toBe(`re: ${cell.caseId}`)
    }
  })

  it('prices what was counted, and nothing else', () => {
    for (const { attempts, cell } of own()) {
      const { costUsd, usage } = attempts.at(-1) ?? {}
      if (cell.caseId === 'uncounted') {
        expect(costUsd).toBe('unknown')
        expect(usage?.estimated).toBe(knowsProtocol ? true : undefined)
      } else expect(usage?.output).toBeGreaterThan(0)
    }
  })
})
