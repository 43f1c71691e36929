import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { execute } from '../../../harness/execute/execute.ts'
import type { Case } from '../../../harness/model/case.ts'
import type { CallContext, Provider } from '../../../harness/model/provider.ts'
import type { JournalLine } from '../../../harness/model/trial.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { Graders } from '../../../harness/execute/graders.ts'
import { caseOf, casesOf, promptOf, providerOf, reply, run, specOf, suiteOf, verifierOf } from './world.ts'

const clock = { now: () => performance.now(), wallClock: () => new Date() }

describe('a run', () => {
  it('records every call and every trial, a call before its trial', async () => {
    const { execution, lines } = await run(suiteOf({ tests: casesOf(5) }), providerOf())
    expect(execution).toMatchObject({
      planned: 5,
      finished: 5,
      interrupted: false,
    })
    const positions = new Map<string, number[]>()
    for (const [i, line] of lines.entries()) {
      const id = line.kind === 'call' ? line.cellId : line.cell.id
      positions.set(id, [...(positions.get(id) ?? []), line.kind === 'call' ? i : i + 1_000])
    }
    for (const [call = -1, trial = -1] of positions.values()) expect(trial - 1_000).toBeGreaterThan(call)
    expect(lines).toHaveLength(10)
  })

  it('makes a trial that stands by itself', async () => {
    const at = { file: '/nowhere/suite.yaml', line: 7 }
    const test = { description: 'first', vars: { q: 'why' }, metadata: { id: 'c1', tags: ['x'] } }
    const answer = {
      output: 'because',
      cost: 0.5,
      tokenUsage: { prompt: 3, completion: 1 },
      finishReason: 'stop',
    }
    const { trials } = await run(suiteOf({ tests: [caseOf(test, 7)] }), providerOf(reply(answer)))
    expect(trials).toEqual([
      {
        v: 1,
        kind: 'trial',
        cell: {
          id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          caseId: 'c1',
          prompt: 'p',
          provider: 'm',
          repeat: 0,
          vars: { q: 'why' },
          description: 'first',
          metadata: { id: 'c1', tags: ['x'] },
          source: { ...at, file: 'nowhere/suite.yaml' },
        },
        outcome: 'passed',
        score: 1,
        namedScores: {},
        output: 'because',
        request: { prompt: 'Answer: why' },
        response: { finishReason: 'stop', extra: { tokenUsage: { prompt: 3, completion: 1 } } },
        checks: [],
        checksHash: 'checks',
        reason: 'ok',
        latencyMs: expect.any(Number) as number,
        ttftMs: null,
        costUsd: 0.5,
        usage: { input: 3, output: 1 },
        attempts: [expect.objectContaining({ costUsd: 0.5 }) as object],
      },
    ])
  })

  it('tells the provider what promptfoo tells it', async () => {
    let seen: CallContext | undefined
    const provider = providerOf((_prompt, context) => {
      seen = context
      return { output: 'x' }
    })
    const test = { vars: { q: 'why' }, options: { prefix: '<', suffix: '>', temperature: 0, repeat: 1 } }
    const prompts = [promptOf('{{q}} {{__repeatIndex}}', { key: 'p', label: 'label', config: { top_p: 1 } })]
    const { trials } = await run(suiteOf({ prompts, tests: [caseOf(test)] }), provider, { runId: 'run-1' })
    expect(seen).toMatchObject({
      vars: { q: 'why', __repeatIndex: 0, __evalStepId: 'test-0-prompt-0-repeat-0', __evalId: 'run-1' },
      prompt: {
        raw: '<{{q}} {{__repeatIndex}}>',
        label: 'label',
        config: { top_p: 1, temperature: 0, prefix: '<' },
      },
      test: { vars: { q: 'why' } },
      originalProvider: provider,
      repeatIndex: 0,
      testIdx: 0,
      evaluationId: 'run-1',
    })
    expect(seen?.prompt.config).not.toHaveProperty('repeat')
    expect(typeof seen?.['getCache']).toBe('function')
    expect(trials[0]?.request.prompt).toBe('<why 0>')
    expect(trials[0]?.cell.vars).toEqual({ q: 'why' })
  })

  it('leaves the vars of a case alone, whatever a provider does to them', async () => {
    const tests = [caseOf({ vars: { q: 'why', list: [1] }, options: { repeat: 2 } })]
    const seen: unknown[] = []
    const provider = providerOf((_prompt, context) => {
      seen.push(structuredClone(context?.vars['list']))
      const list = context?.vars['list'] as number[]
      list.push(2)
      return { output: 'x' }
    })
    await run(suiteOf({ tests }), provider, { concurrency: 1 })
    expect(seen).toEqual([[1], [1]])
  })

  it('measures the call alone: not the wait for a slot', async () => {
    let ms = 0
    const provider = providerOf(async () => {
      await new Promise(setImmediate)
      ms += 100
      return { output: 'x', metadata: { timing: { ttftMs: 5, serverMs: 12 } } }
    })
    const { calls, trials } = await run(suiteOf({ tests: casesOf(3) }), provider, {
      concurrency: 1,
      clock: { now: () => ms, wallClock: () => new Date(ms) },
    })
    // The second and the third were ready when the first left.
    const told = { latencyMs: 100, backoffMs: 0, ttftMs: 5, serverMs: 12, trusted: true }
    expect(calls.map(({ result }) => result.timing)).toEqual([
      { ...told, queuedMs: 0 },
      { ...told, queuedMs: 100 },
      { ...told, queuedMs: 100 },
    ])
    expect(trials.map(({ latencyMs, ttftMs }) => [latencyMs, ttftMs])).toEqual([
      [100, 5],
      [100, 5],
      [100, 5],
    ])
  })

  it('takes the latency of a cached reply from the provider, and has none where it gives none', async () => {
    const seen: (number | null)[] = []
    const verifier = verifierOf()
    const spying = verifierOf({
      verify: (input) => {
        seen.push(input.latencyMs)
        return verifier.verify(input)
      },
    })
    const told = await run(
      suiteOf({ tests: casesOf(1) }),
      providerOf(reply({ output: 'x', cached: true, latencyMs: 812 })),
      {
        verifier: spying,
      },
    )
    const untold = await run(
      suiteOf({ tests: casesOf(1) }),
      providerOf(reply({ output: 'x', cached: true })),
      {
        verifier: spying,
      },
    )
    expect(told.trials[0]?.latencyMs).toBe(812)
    expect(told.calls[0]?.result.reply?.cached).toBe(true)
    expect(untold.trials[0]?.latencyMs).toBeNull()
    expect(seen).toEqual([812, null])
  })

  it('grades an output that stands in the suite without asking any model', async () => {
    const provider = providerOf(() => {
      throw new Error('must not be called')
    })
    const { trials, calls } = await run(suiteOf({ tests: [caseOf({ providerOutput: 'fixed' })] }), provider)
    expect(calls).toEqual([])
    expect(trials[0]).toMatchObject({ outcome: 'passed', output: 'fixed', latencyMs: null, costUsd: 0 })
    expect(trials[0]?.attempts).toEqual([])
  })

  it('asks the provider a test brings along', async () => {
    const own = providerOf(reply({ output: 'mine' }))
    const { trials } = await run(suiteOf({ tests: [caseOf({ provider: own })] }), providerOf())
    expect(trials[0]?.output).toBe('mine')
  })

  it('names the provider that is running, for a watchdog, while it holds the thread', async () => {
    const running = new Set<string>()
    let seen: string[] = []
    const provider = providerOf(() => {
      seen = [...running]
      return { output: 'x' }
    })
    const enter = (name: string) => {
      running.add(name)
      return () => running.delete(name)
    }
    await run(suiteOf({ tests: casesOf(1) }), provider, { watchdog: { enter } })
    expect(seen).toEqual(['asking m, case c0'])
    expect(running.size).toBe(0)
  })

  it('may be run by another worker', async () => {
    const { trials } = await run(suiteOf({ tests: casesOf(1) }), providerOf(), {
      worker: (local) => ({
        async run(cell, slot) {
          const result = await local.run(cell, slot)
          return 'trial' in result ? { ...result, trial: { ...result.trial, score: 0.5 } } : result
        },
      }),
    })
    expect(trials[0]?.score).toBe(0.5)
  })
})

describe('concurrency', () => {
  /** Tracks how many calls each provider has in flight. */
  function gauge(ms: number) {
    let [now, most] = [0, 0]
    const provider = providerOf(async () => {
      most = Math.max(most, ++now)
      await sleep(ms)
      now--
      return { output: 'x' }
    })
    return { provider, most: () => most }
  }

  it.each([
    ["promptfoo's maxConcurrency", { maxConcurrency: 3 }, undefined, 3],
    [
      'the limit of the account',
      { maxConcurrency: 3, assay: { limits: { 'm*': { concurrency: 2 } } } },
      undefined,
      2,
    ],
    ['what the command line says', { assay: { limits: { m: { concurrency: 2 } } } }, 5, 5],
  ])('is %s', async (_what, settings, concurrency, expected) => {
    const { provider, most } = gauge(2)
    await run(suiteOf({ tests: casesOf(30), ...settings }), provider, { concurrency })
    expect(most()).toBe(expected)
  })

  it('is shared by the providers of one account', async () => {
    const { provider, most } = gauge(2)
    const providers = [specOf('a', { account: 'shared' }), specOf('b', { account: 'shared' })]
    const { execution } = await run(suiteOf({ providers, tests: casesOf(10) }), provider, { concurrency: 3 })
    expect(most()).toBe(3)
    expect(execution.accounts).toMatchObject([{ account: 'shared', calls: 20 }])
  })

  it('of a slow account stalls no other', async () => {
    let release = () => {}
    const stuck = new Promise<void>((resolve) => (release = resolve))
    const slow = providerOf(async () => {
      await stuck
      return { output: 'x' }
    })
    let answered = 0
    const fast = providerOf(() => {
      if (++answered === 50) release()
      return { output: 'x' }
    })
    const providers = [specOf('slow'), specOf('fast')]
    const { execution } = await run(
      suiteOf({ providers, tests: casesOf(50) }),
      { slow, fast },
      { concurrency: 1 },
    )
    expect(answered).toBe(50)
    expect(execution.finished).toBe(100)
    const [a, b] = execution.accounts
    expect([a?.calls, b?.calls]).toEqual([50, 50])
    expect(Date.parse(a?.startedAt ?? '')).toBeLessThanOrEqual(Date.parse(a?.endedAt ?? ''))
  })

  it('draws a case only when there is room for it', async () => {
    let [drawn, recorded, ahead] = [0, 0, 0]
    const suite = suiteOf()
    const counting = {
      ...suite,
      async *cases(): AsyncGenerator<Case> {
        for (const testCase of casesOf(2_000)) {
          drawn++
          yield testCase
        }
      },
    }
    const plan = await makePlan(counting)
    drawn = 0
    await execute(plan, {
      cwd: '/',
      providers: new Map([['m', providerOf()]]),
      verifier: verifierOf(),
      journal: { write: () => sleep(1) },
      clock,
      concurrency: 5,
      onTrial: () => {
        ahead = Math.max(ahead, drawn - recorded)
        recorded++
      },
    })
    expect(recorded).toBe(2_000)
    expect(ahead).toBeLessThanOrEqual(5 + 256 + 2)
  })

  it('holds back while large replies are still being recorded', async () => {
    const big = 'x'.repeat(10_000_000)
    let [held, most] = [0, 0]
    await run(suiteOf({ tests: casesOf(20) }), providerOf(reply({ output: big })), {
      concurrency: 1,
      journal: {
        async write(line) {
          if (line.kind === 'call') most = Math.max(most, ++held)
          await sleep(3)
          if (line.kind === 'trial') held--
        },
      },
    })
    expect(most).toBeLessThanOrEqual(8)
  })

  it('keeps the delay of a provider between its calls, not after a cached reply', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      let asked = 0
      const provider = (cached: boolean) =>
        providerOf(() => (asked++, { output: 'x', cached }), { delay: 60_000 })
      const suite = suiteOf({ tests: casesOf(3) })
      await run(suite, provider(true), { concurrency: 1 })
      expect(asked).toBe(3)
      asked = 0
      const done = run(suite, provider(false), { concurrency: 1 })
      await vi.advanceTimersByTimeAsync(59_999)
      expect(asked).toBe(1)
      await vi.advanceTimersByTimeAsync(60_001)
      await done
      expect(asked).toBe(3)
    } finally {
      vi.useRealTimers()
    }
  })

  it('runs the cases that ask for it one at a time, before the others', async () => {
    const order: string[] = []
    let [now, serialMost] = [0, 0]
    const provider = providerOf(async (prompt) => {
      order.push(prompt)
      now++
      if (prompt.includes('serial')) serialMost = Math.max(serialMost, now)
      await sleep(1)
      now--
      return { output: 'x' }
    })
    const serial = [0, 1, 2].map((i) =>
      caseOf({ vars: { q: `serial ${i}` }, options: { runSerially: true } }),
    )
    await run(suiteOf({ tests: [...casesOf(3), ...serial] }), provider)
    expect(order.slice(0, 3)).toEqual(['Answer: serial 0', 'Answer: serial 1', 'Answer: serial 2'])
    expect(serialMost).toBe(1)
    expect(order).toHaveLength(6)
  })
})

const cyclic: Record<string, unknown> = { a: 1 }
cyclic['self'] = cyclic

describe('what a provider may do', () => {
  const hostile: [string, () => unknown, string][] = [
    ['returns nothing', () => undefined, 'returned nothing'],
    ['returns a number', () => 42, 'returned a number'],
    [
      'throws at once',
      () => {
        throw new Error('sync')
      },
      'sync',
    ],
    ['rejects', () => Promise.reject(new Error('async')), 'async'],
    ['reports an error', () => ({ error: 'quota' }), 'quota'],
    ['has no output', () => ({ output: null }), 'No output'],
    [
      'returns an object that throws',
      () => ({
        get output() {
          throw new Error('getter')
        },
      }),
      'getter',
    ],
  ]
  it.each(hostile)(
    '%s: that cell is errored, and nothing else is lost',
    async (_what, misbehave, message) => {
      const provider = providerOf((prompt) =>
        prompt.endsWith('question 1') ? misbehave() : { output: 'fine' },
      )
      const { trials, calls, execution } = await run(suiteOf({ tests: casesOf(4) }), provider)
      expect(execution).toMatchObject({ finished: 4, interrupted: false })
      const bad = trials.find(({ cell }) => cell.caseId === 'c1')
      expect(bad).toMatchObject({
        outcome: 'errored',
        score: null,
        checks: [],
        output: null,
        latencyMs: null,
      })
      expect(bad?.error).toContain(message)
      expect(calls.find(({ cellId }) => cellId === bad?.cell.id)?.result.failure?.message).toContain(message)
      expect(trials.filter(({ outcome }) => outcome === 'passed')).toHaveLength(3)
    },
  )

  it.each([
    ['an object', { a: [1, 2] }, { a: [1, 2] }],
    ['10 MB', 'x'.repeat(10_000_000), 'x'.repeat(10_000_000)],
    ['a lone surrogate', 'a\ud83d', 'a\ufffd'],
    ['control characters', '\u0000\u001b[31m\r', '\u0000\u001b[31m\r'],
    ['an object with a cycle', cyclic, { a: 1, self: '[circular]' }],
  ])('answers with %s: recorded as well as JSON can', async (_what, output, recorded) => {
    const { trials, calls } = await run(suiteOf({ tests: casesOf(1) }), providerOf(reply({ output })))
    expect(trials[0]?.outcome).toBe('passed')
    expect(calls[0]?.result.reply?.output).toEqual(recorded)
  })

  describe('and never answer', () => {
    let ms = 0
    const faked = { now: () => ms, wallClock: () => new Date(ms) }
    const pass = async (by: number) => {
      ms += by
      await vi.advanceTimersByTimeAsync(by)
    }
    beforeEach(() => {
      ms = 0
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    })
    afterEach(() => vi.useRealTimers())

    it('the call times out after five minutes, its signal is aborted, the rest goes on', async () => {
      let reason: unknown
      const provider = providerOf((prompt, _context, options) => {
        if (!prompt.endsWith('question 0')) return { output: 'x' }
        options?.abortSignal?.addEventListener(
          'abort',
          () => (reason = options.abortSignal?.reason as unknown),
        )
        return new Promise(() => {})
      })
      const suite = suiteOf({ tests: casesOf(3), assay: { retry: { attempts: 1 } } })
      const done = run(suite, provider, { concurrency: 1, clock: faked })
      await pass(0)
      await pass(299_999)
      expect(reason).toBeUndefined()
      await pass(1)
      const { trials } = await done
      expect(reason).toMatchObject({ name: 'TimeoutError' })
      const outcomes = trials.map(({ cell, outcome }) => `${cell.caseId} ${outcome}`)
      expect(outcomes.toSorted()).toEqual(['c0 errored', 'c1 passed', 'c2 passed'])
      expect(trials.find(({ cell }) => cell.caseId === 'c0')?.attempts[0]).toMatchObject({
        failure: { kind: 'timeout' },
        timing: { latencyMs: 300_000 },
      })
    })

    it('each call has the whole time for itself', async () => {
      const provider = providerOf(
        () => new Promise((resolve) => setTimeout(() => resolve({ output: 'x' }), 40)),
      )
      const suite = suiteOf({ tests: casesOf(5), assay: { timeoutMs: 60 } })
      const done = run(suite, provider, { concurrency: 1, clock: faked })
      for (let i = 0; i < 25; i++) await pass(10)
      const { trials } = await done
      expect(trials.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'passed'))
    })
  })

  it('is cleaned up at the end, also when the run failed; a cleanup that throws is told of', async () => {
    let cleaned = 0
    const cleanup = () => {
      cleaned++
      throw new Error('cannot let go')
    }
    const { warnings } = await run(suiteOf(), providerOf(undefined, { cleanup }))
    expect(warnings).toEqual([expect.stringContaining('cannot let go')])
    const full = { write: () => Promise.reject(new Error('ENOSPC')) }
    await expect(run(suiteOf(), providerOf(undefined, { cleanup }), { journal: full })).rejects.toThrow(
      'ENOSPC',
    )
    expect(cleaned).toBe(2)
  })

  it('is cleaned up at the end, one that grades like one that answers', async () => {
    const cleaned: string[] = []
    const named = (name: string) =>
      providerOf(reply({ output: 'x' }), { cleanup: () => void cleaned.push(name) })
    const graders = new Graders(() => Promise.resolve(named('judge')))
    await graders.load(specOf('judge'))
    await run(suiteOf(), named('model'), { graders })
    expect(cleaned.toSorted()).toEqual(['judge', 'model'])
  })
})

describe('a prompt', () => {
  it('with undefined variables is run, and told of once per prompt and variable', async () => {
    const prompts = [promptOf('{{q}} {{tone}}', { key: 'p' }), promptOf('{{q}} {{tone}}!', { key: 'p2' })]
    const { warnings, trials } = await run(suiteOf({ prompts, tests: casesOf(3) }), providerOf())
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toBe('the prompt p uses {{tone}}, which the case c0 does not have: it is left empty')
    expect(trials).toHaveLength(6)
    for (const trial of trials) expect(trial.warnings).toEqual([expect.stringContaining(trial.cell.caseId)])
  })

  it('that cannot be rendered is an errored trial without a call', async () => {
    const prompts = [promptOf('{{q}} {% bogus %}', { key: 'p' }), promptOf('{{q}}', { key: 'good' })]
    const { trials, calls } = await run(suiteOf({ prompts, tests: casesOf(2) }), providerOf())
    expect(calls).toHaveLength(2)
    const bad = trials.filter(({ cell }) => cell.prompt === 'p')
    expect(bad).toHaveLength(2)
    for (const trial of bad) {
      expect(trial).toMatchObject({ outcome: 'errored', attempts: [], score: null })
      expect(trial.error).toContain('the prompt could not be rendered')
    }
  })
})

describe('a verifier that throws', () => {
  it('leaves an errored trial with the reply kept', async () => {
    const verifier = verifierOf({ verify: () => Promise.reject(new Error('defect')) })
    const { trials } = await run(suiteOf({ tests: casesOf(1) }), providerOf(reply({ output: 'kept' })), {
      verifier,
    })
    expect(trials[0]).toMatchObject({ outcome: 'errored', output: 'kept', score: null })
    expect(trials[0]?.error).toContain('defect')
  })
})

describe('a record that cannot be written', () => {
  it('stops the run, keeps what was written, and is an error with exit code 3', async () => {
    const kept: JournalLine[] = []
    let asked = 0
    const provider = providerOf(() => {
      asked++
      return { output: 'x' }
    })
    const journal = {
      write(line: JournalLine) {
        if (kept.length >= 10) return Promise.reject(new Error('ENOSPC: no space left on device'))
        kept.push(line)
        return Promise.resolve()
      },
    }
    const suite = suiteOf({ tests: casesOf(1_000) })
    await expect(run(suite, provider, { journal, concurrency: 2 })).rejects.toMatchObject({
      code: 'incomplete',
      exitCode: 3,
      message: expect.stringContaining('ENOSPC') as string,
    })
    expect(kept).toHaveLength(10)
    expect(asked).toBeLessThan(20)
  })
})

describe('a dataset that breaks off', () => {
  it('fails the run after what was started is recorded', async () => {
    const suite = suiteOf()
    let pass = 0
    const broken = {
      ...suite,
      async *cases(): AsyncGenerator<Case> {
        yield* casesOf(2)
        if (pass++ > 0) throw new Error('row 3 is ragged')
      },
    }
    let finished = 0
    const onTrial = () => finished++
    await expect(run(broken, providerOf(), { onTrial })).rejects.toThrow('row 3 is ragged')
    expect(finished).toBe(2)
  })
})

describe('an interruption', () => {
  const slow = (onCall: (n: number) => void): Provider => {
    let n = 0
    return providerOf(async (_prompt, _context, options) => {
      onCall(++n)
      await sleep(20, undefined, { signal: options?.abortSignal })
      return { output: 'x' }
    })
  }

  it('starts no new cell and finishes those that were started', async () => {
    const stop = new AbortController()
    let begun = 0
    const { execution, trials } = await run(
      suiteOf({ tests: casesOf(100) }),
      slow((n) => {
        begun = n
        if (n === 6) stop.abort()
      }),
      { signal: stop.signal, concurrency: 4 },
    )
    expect(execution).toMatchObject({ planned: 100, finished: begun, interrupted: true })
    expect(begun).toBeLessThan(10)
    expect(trials.map(({ outcome }) => outcome)).toEqual(trials.map(() => 'passed'))
  })

  it('the second time aborts the calls in flight and leaves their cells out', async () => {
    const abort = new AbortController()
    let aborted = 0
    const { execution, lines } = await run(
      suiteOf({ tests: casesOf(100) }),
      slow((n) => {
        if (n === 6) abort.abort()
        if (n > 6) aborted++
      }),
      { abort: abort.signal, concurrency: 4 },
    )
    expect(execution).toMatchObject({ planned: 100, interrupted: true })
    expect(aborted).toBe(0)
    // What was answered before is on record, and nothing of what was cut off.
    expect(execution.finished).toBeLessThanOrEqual(5)
    expect(lines).toHaveLength(2 * execution.finished)
  })

  it('before the start runs nothing', async () => {
    const { execution } = await run(suiteOf(), providerOf(), { signal: AbortSignal.abort() })
    expect(execution).toMatchObject({ finished: 0, interrupted: true })
  })
})

describe('columns that are compared', () => {
  const tests = [
    caseOf({
      vars: { q: 'a' },
      metadata: { id: 'cmp' },
      assert: [{ type: 'select-best', value: 'best' }],
      options: { repeat: 2 },
    }),
    caseOf({ vars: { q: 'b' }, metadata: { id: 'alone' } }),
  ]
  const providers = [specOf('slow'), specOf('fast')]
  const slow = providerOf(async () => {
    await sleep(10)
    return { output: 'slow' }
  })
  const fast = providerOf(reply({ output: 'fast' }))

  it('are recorded when every column has answered, in the order of the columns', async () => {
    const seen: string[] = []
    const verifier = verifierOf({
      compare: (_case, cells, trials) => {
        seen.push(
          `${trials[0]?.cell.repeat} ${cells.map((c) => c.column.provider.key).join()} ${trials.map((t) => t.output).join()}`,
        )
        return Promise.resolve(trials.map((trial) => ({ ...trial, score: 0.5 })))
      },
    })
    const { trials, execution } = await run(suiteOf({ providers, tests }), { slow, fast }, { verifier })
    expect(seen.toSorted()).toEqual(['0 slow,fast slow,fast', '1 slow,fast slow,fast'])
    expect(execution.finished).toBe(6)
    expect(trials.filter(({ score }) => score === 0.5)).toHaveLength(4)
  })

  it('are errored, not lost, when the comparison breaks', async () => {
    const verifier = verifierOf({ compare: () => Promise.reject(new Error('no judge')) })
    const { trials } = await run(suiteOf({ providers, tests }), { slow, fast }, { verifier })
    expect(trials).toHaveLength(6)
    expect(trials.filter(({ outcome }) => outcome === 'errored')).toHaveLength(4)
    expect(trials.find(({ outcome }) => outcome === 'errored')?.error).toContain('no judge')
  })

  it('are left out with one that was, and the others of the case are compared no more', async () => {
    const compared: string[] = []
    const verifier = verifierOf({
      compare: (testCase, _cells, trials) => {
        compared.push(testCase.id)
        return Promise.resolve([...trials])
      },
    })
    const refused = providerOf(reply({ error: 'no', metadata: { failure: { kind: 'auth' } } }))
    const { execution, trials } = await run(
      suiteOf({ providers, tests }),
      { slow: refused, fast },
      { verifier },
    )
    expect(compared).toEqual([])
    expect(trials.map(({ cell }) => `${cell.provider} ${cell.caseId}`)).toEqual(['fast alone'])
    expect(execution.incomplete).toMatchObject([{ cause: 'auth', account: 'slow', cells: 5 }])
  })

  it('keep a fast account from running far ahead of a slow one', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) =>
      caseOf({ vars: { q: i }, metadata: { id: `c${i}` }, assert: [{ type: 'select-best', value: 'x' }] }),
    )
    let [slowAt, ahead] = [0, 0]
    const counting = providerOf(async () => {
      if (++slowAt % 50 === 0) await sleep(1)
      return { output: 'slow' }
    })
    const racing = providerOf((_prompt, context) => {
      ahead = Math.max(ahead, Number(context?.vars['q']) - slowAt)
      return { output: 'fast' }
    })
    const { execution } = await run(
      suiteOf({ providers, tests: many }),
      { slow: counting, fast: racing },
      { concurrency: 1 },
    )
    expect(execution.finished).toBe(3_000)
    expect(ahead).toBeLessThanOrEqual(510)
  })
})
