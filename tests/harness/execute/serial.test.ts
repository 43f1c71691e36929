import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Case, TestCase } from '../../../harness/model/case.ts'
import { caseOf, promptOf, providerOf, run, specOf, suiteOf } from './world.ts'

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
