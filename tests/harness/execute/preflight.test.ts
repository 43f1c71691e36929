import { describe, expect, it } from 'vitest'
import { Graders } from '../../../harness/execute/graders.ts'
import type { ProviderResponse } from '../../../harness/model/provider.ts'
import { providerOf, run, specOf, suiteOf, verifierOf } from './world.ts'

interface Model {
  /** Calls so far. */
  readonly calls: number
  /** Resolves with the first of them. */
  readonly wasAsked: Promise<void>
}

type Answer = (nth: number, model: Model) => ProviderResponse | Promise<ProviderResponse>

const OK: ProviderResponse = { output: 'OK' }
const failure = (kind: string): ProviderResponse => ({ error: kind, metadata: { failure: { kind } } })

/** Runs three cells whose replies a judge is to grade, who is asked for the first time with `nth` 0. */
async function runJudged(answer: Answer, attempts = 3) {
  const first = Promise.withResolvers<void>()
  const model = { calls: 0, wasAsked: first.promise }
  const signals: unknown[] = []
  const judge = providerOf((_prompt, _context, options) => {
    signals.push(options?.abortSignal)
    return answer(signals.length - 1, model)
  })
  const provider = providerOf((prompt) => {
    model.calls++
    first.resolve()
    return { output: prompt }
  })
  const graders = new Graders(() => Promise.resolve(judge))
  await graders.load(specOf('judge'))
  const retry = { attempts, baseMs: 1, maxMs: 1, outageMs: 50 }
  const ran = await run(suiteOf({ assay: { retry } }), provider, {
    graders,
    verifier: verifierOf({ gradersOf: () => Promise.resolve([judge]) }),
  })
  return { ...ran, asked: model.calls, judged: signals.length, signals }
}

describe('a judge', () => {
  it('that does not answer is asked until it is given up, and no reply is paid for that it cannot grade', async () => {
    const { asked, judged, execution } = await runJudged(() => failure('unavailable'))
    expect(asked).toBe(0)
    expect(judged).toBeGreaterThanOrEqual(5)
    expect(execution.incomplete).toMatchObject([{ cause: 'outage', account: 'judge', cells: 3 }])
  })

  it('that comes up late is waited for', async () => {
    const { asked, judged } = await runJudged((nth) => (nth < 4 ? failure('unavailable') : OK))
    expect([asked, judged]).toEqual([3, 5])
  })

  it('that is throttled holds no model back', async () => {
    const { trials } = await runJudged((_nth, { calls }) => (calls === 0 ? failure('throttled') : OK))
    expect(trials).toHaveLength(3)
  })

  it('that hangs is waited for no longer than an outage takes to show', async () => {
    const { trials } = await runJudged((_nth, { wasAsked }) => wasAsked.then(() => OK))
    expect(trials).toHaveLength(3)
  })

  it('is asked once where the suite wants no retries, and may be aborted', async () => {
    const { signals } = await runJudged(() => failure('unavailable'), 1)
    expect(signals).toEqual([expect.any(AbortSignal)])
  })
})
