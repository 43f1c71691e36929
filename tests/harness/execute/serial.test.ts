import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Case, TestCase } from '../../../harness/model/case.ts'
import { caseOf, promptOf, providerOf, run, specOf, suiteOf, verifierOf } from './world.ts'

/** Answers with the number of the call, and takes its time: whoever does not wait is found out. */
function counter() {
  const prompts: string[] = []
  const provider = providerOf(async (prompt) => {
    const n = prompts.push(prompt)
    await sleep(2)
    return { output: `r${n}`, metadata: { n } }
  })
  return { provider, prompts }
}

/** Answers with the number of the call, and counts how many were in flight at most: all, and of each kind. */
function inFlight(kindOf: (prompt: string) => string) {
  const sent: string[] = []
  const now = new Map<string, number>()
  const most = new Map<string, number>()
  const count = (kind: string, change: number) => {
    now.set(kind, (now.get(kind) ?? 0) + change)
    most.set(kind, Math.max(most.get(kind) ?? 0, now.get(kind) ?? 0))
  }
  const provider = providerOf(async (prompt) => {
    const n = sent.push(prompt)
    for (const kind of ['', kindOf(prompt)]) count(kind, 1)
    await sleep(5)
    for (const kind of ['', kindOf(prompt)]) count(kind, -1)
    return { output: `r${n}` }
  })
  return { provider, sent, most: (kind = '') => most.get(kind) }
}

const serial = (tests: readonly Case[], over: Parameters<typeof suiteOf>[0] = {}) =>
  suiteOf({ serial: true, tests, ...over })

describe('_conversation', () => {
  const template = '{% for turn in _conversation %}{{ turn.input }}={{ turn.output }} {% endfor %}{{q}}'
  const prompts = [promptOf(template, { key: 'p' })]
  const ask = (q: string, test: TestCase = {}) => caseOf({ vars: { q }, ...test })

  it('holds the turns before, in order, whatever the limits say', async () => {
    const { provider, prompts: sent } = counter()
    await run(serial([ask('a'), ask('b'), ask('c')], { prompts }), provider, { concurrency: 20 })
    expect(sent).toEqual(['a', 'a=r1 b', 'a=r1 a=r1 b=r2 c'])
  })

  it('is apart for each conversationId, each provider and each prompt', async () => {
    const { provider, prompts: sent } = counter()
    const tests = [
      ask('a', { metadata: { conversationId: 'x' } }),
      ask('b', { metadata: { conversationId: 'y' } }),
      ask('c', { metadata: { conversationId: 'x' } }),
    ]
    const providers = [specOf('one'), specOf('two')]
    const named = (label: string) => ({ ...provider, label })
    await run(serial(tests, { prompts, providers }), { one: named('one'), two: named('two') })
    // Providers are asked side by side; each conversation keeps its order.
    expect(sent.toSorted()).toEqual(['a', 'a', 'a=r1 c', 'a=r2 c', 'b', 'b'])
  })

  it('remembers an error that was reported as an empty turn, and forgets one that was thrown', async () => {
    const sent: string[] = []
    const provider = providerOf((prompt) => {
      sent.push(prompt)
      if (sent.length === 1) return { error: 'reported' }
      if (sent.length === 2) throw new Error('thrown')
      return { output: 'x' }
    })
    await run(serial([ask('a'), ask('b'), ask('c')], { prompts }), provider)
    expect(sent).toEqual(['a', 'a= b', 'a= c'])
  })

  it('takes the last message of a chat for the input', async () => {
    const chat =
      '[{"role": "system", "content": "be brief"}, {"role": "user", "content": "{{ q }} {{ _conversation[0].input }}"}]'
    const { provider, prompts: sent } = counter()
    await run(serial([ask('a'), ask('b')], { prompts: [promptOf(chat, { key: 'chat' })] }), provider)
    expect((JSON.parse(sent[1] ?? '') as { content: string }[])[1]?.content).toBe('b a ')
  })

  it('is left out where a test disables it', async () => {
    const { provider, prompts: sent } = counter()
    const off = ask('b', { options: { disableConversationVar: true } })
    await run(serial([ask('a'), off], { prompts }), provider)
    expect(sent).toEqual(['a', 'b'])
  })

  it('runs conversations side by side, each in its own order', async () => {
    const flight = inFlight((prompt) => prompt.at(-2) ?? '')
    const turns = ['x', 'y', 'z'].map((id) => [1, 2, 3].map((n) => `${id}${n}`))
    const tests = turns.flat().map((q) => ask(q, { metadata: { conversationId: q.charAt(0) } }))
    await run(serial(tests, { prompts }), flight.provider, { concurrency: 20 })
    expect(flight.most()).toBe(3)
    expect(['x', 'y', 'z'].map((id) => flight.most(id))).toEqual([1, 1, 1])
    for (const id of ['x', 'y', 'z']) {
      const [first, second, third] = flight.sent.filter((prompt) => prompt.at(-2) === id)
      expect(first).toBe(`${id}1`)
      expect(second).toMatch(new RegExp(`^${id}1=r\\d ${id}2$`))
      expect(third).toMatch(new RegExp(`^${id}1=r\\d ${id}1=r\\d ${id}2=r\\d ${id}3$`))
    }
  })
})

describe('storeOutputAs', () => {
  it('gives the output to the cells after it, over their own vars', async () => {
    const { provider, prompts: sent } = counter()
    const prompts = [promptOf('{{q}} {{kept}}', { key: 'p' })]
    const tests = [
      caseOf({ vars: { q: 'a', kept: 'own' }, options: { storeOutputAs: 'kept' } }),
      caseOf({ vars: { q: 'b', kept: 'own' } }),
    ]
    const { trials } = await run(serial(tests, { prompts }), provider)
    expect(sent).toEqual(['a own', 'b r1'])
    expect(trials[1]?.cell.vars).toEqual({ q: 'b', kept: 'r1' })
  })

  const prompts = [promptOf('{{q}}', { key: 'p' })]
  const stores = caseOf({ vars: { q: 'chain 1' }, options: { storeOutputAs: 'kept' } })
  const reads = caseOf({ vars: { q: 'chain 2 {{kept}}' } })
  const free = ['a', 'b', 'c', 'd', 'e', 'f'].map((q) => caseOf({ vars: { q: `free ${q}` } }))
  const kindOf = (prompt: string) => prompt.split(' ')[0] ?? ''

  it('keeps the order of the cells that share it, and of no others', async () => {
    const flight = inFlight(kindOf)
    const tests = [...free.slice(0, 2), stores, ...free.slice(2), reads]
    const { trials } = await run(serial(tests, { prompts }), flight.provider, { concurrency: 20 })
    expect(flight.most('chain')).toBe(1)
    // The first call of an account goes ahead of the others.
    expect(flight.most('free')).toBeGreaterThan(3)
    expect(flight.sent.filter((prompt) => kindOf(prompt) === 'chain')).toEqual([
      'chain 1',
      expect.stringMatching(/^chain 2 r\d$/),
    ])
    expect(trials).toHaveLength(8)
  })

  it('takes the code of a prompt to read every stored output', async () => {
    const prompts = [promptOf('all', { key: 'p', function: ({ vars }) => Object.values(vars).join(' ') })]
    const { provider, prompts: sent } = counter()
    const tests = [stores, caseOf({ vars: { q: 'then' } }), caseOf({ vars: { q: 'last' } })]
    await run(serial(tests, { prompts }), provider, { concurrency: 20 })
    expect(sent.map((prompt) => prompt.split(' ').slice(0, 2).join(' '))).toEqual([
      'chain 1',
      'then r1',
      'last r1',
    ])
  })

  it('shows no cell an output that it does not name, whichever was first', async () => {
    const { provider } = counter()
    const { trials } = await run(serial([stores, reads, ...free], { prompts }), provider, { concurrency: 1 })
    const seen = trials.filter(({ cell }) => 'kept' in cell.vars).map(({ request }) => request.prompt)
    expect(seen).toEqual([expect.stringMatching(/^chain 2 r\d$/)])
  })

  it('goes on after a reply that fails its checks, and after a call that fails', async () => {
    const failing = verifierOf({
      verify: ({ response, prompt }) =>
        Promise.resolve({
          outcome: prompt === 'chain 1' ? 'failed' : 'passed',
          score: prompt === 'chain 1' ? 0 : 1,
          namedScores: {},
          checks: [],
          reason: '',
          output: response.output,
        }),
    })
    const broken = caseOf({ vars: { q: 'broken {{kept}}' } })
    const provider = providerOf((prompt) => {
      if (prompt.startsWith('broken')) return { error: '400', metadata: { failure: { kind: 'invalid' } } }
      return { output: `re ${prompt}` }
    })
    const suite = serial([stores, broken, reads], { prompts })
    const { trials } = await run(suite, provider, { verifier: failing })
    expect(trials.map(({ outcome, request }) => [outcome, request.prompt])).toEqual([
      ['failed', 'chain 1'],
      ['errored', 'broken re chain 1'],
      ['passed', 'chain 2 re chain 1'],
    ])
  })

  it('leaves out what follows a cell that was left out, and nothing else', async () => {
    const refused = providerOf(() => ({ error: 'no', metadata: { failure: { kind: 'auth' } } }))
    const { provider, prompts: sent } = counter()
    const suite = serial([stores, reads, ...free], { prompts, providers: [specOf('out'), specOf('well')] })
    const { execution, trials } = await run(suite, { out: refused, well: provider })
    expect(sent.toSorted()).toEqual(free.map(({ vars }) => vars['q']))
    expect(trials).toHaveLength(6)
    expect(execution.incomplete.map(({ cause, account, cells }) => ({ cause, account, cells }))).toEqual([
      { cause: 'auth', account: 'out', cells: 10 },
    ])
  })

  it('orders a case whose grader is an object that holds itself', async () => {
    const grader: Record<string, unknown> = { id: () => 'grader' }
    grader['client'] = { grader }
    const tests = [stores, caseOf({ vars: { q: 'chain 2' }, options: { provider: grader } })]
    const { trials } = await run(serial(tests, { prompts }), counter().provider)
    expect(trials).toHaveLength(2)
  })
})

describe('the order of a serial run', () => {
  it('is case by case over all providers', async () => {
    const order: string[] = []
    const named = (name: string) => providerOf((prompt) => (order.push(`${name} ${prompt}`), { output: 'x' }))
    const tests = [caseOf({ vars: { q: 'a' } }), caseOf({ vars: { q: 'b' } })]
    const suite = serial(tests, { providers: [specOf('one'), specOf('two')], prompts: [promptOf('{{q}}')] })
    await run(suite, { one: named('one'), two: named('two') })
    expect(order).toEqual(['one a', 'two a', 'one b', 'two b'])
  })

  it('repeats the cases of one test together, and starts with those that run serially', async () => {
    const { provider, prompts: sent } = counter()
    const shared = { repeat: 2 }
    const first = { runSerially: true }
    const tests = [
      caseOf({ vars: { q: 'a' }, options: shared }),
      caseOf({ vars: { q: 'b' }, options: shared }),
      caseOf({ vars: { q: 'c' }, options: first }),
    ]
    await run(serial(tests, { prompts: [promptOf('{{q}}')] }), provider)
    expect(sent).toEqual(['c', 'a', 'b', 'a', 'b'])
  })
})
