import { describe, expect, it } from 'vitest'
import { compareKeys, keyOf, keysOf } from '../../../harness/execute/request-keys.ts'
import { makeRedactor } from '../../../harness/record/redact.ts'
import { makeRequest } from './make-request.ts'
import { specOf } from './world.ts'

const redact = makeRedactor({})

function plain(parts: Parameters<typeof makeRequest>[0]): string | undefined {
  return keysOf(makeRequest(parts), redact)?.plain
}

describe('keysOf', () => {
  it('changes with everything that shapes the reply', () => {
    const keys = [
      plain({}),
      plain({ prompt: 'Is this negative?' }),
      plain({ repeat: 1 }),
      plain({ attempt: 1 }),
      plain({ role: 'grader' }),
      plain({ shape: { provider: 'another' } }),
      plain({ shape: { options: { temperature: 1 } } }),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/)
  })

  it('does not change with names, places, tries and what the checks ask', () => {
    const renamed = makeRequest({
      cellId: 'other',
      caseId: 'c9',
      promptKey: 'renamed',
      retry: 2,
      spec: specOf('label'),
      timed: true,
      trusted: false,
    })
    expect(keysOf(renamed, redact)?.plain).toBe(plain({}))
  })

  it('has the vars in the second key only', () => {
    const [a, b] = [{ text: 'a' }, { text: 'b' }].map((vars) =>
      keysOf(makeRequest({ shape: { vars } }), redact),
    )
    expect(a?.plain).toBe(b?.plain)
    expect(a?.withVars).not.toBe(b?.withVars)
    expect(a?.withVars).not.toBe(a?.plain)
    expect(a?.withVars).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is the same in whatever order options and vars were written', () => {
    const one = keysOf(makeRequest({ shape: { options: { a: 1, b: 2 }, vars: { c: 3, d: 4 } } }), redact)
    const other = keysOf(makeRequest({ shape: { options: { b: 2, a: 1 }, vars: { d: 4, c: 3 } } }), redact)
    expect([other?.plain, other?.withVars]).toEqual([one?.plain, one?.withVars])
  })

  it('is the same after a secret in the prompt has changed', () => {
    const keys = ['first-secret-1', 'other-secret-2'].map((secret) => {
      const redactor = makeRedactor({ env: { API_KEY: secret } })
      return keysOf(
        makeRequest({ prompt: `log in with ${secret}`, shape: { options: { secret }, vars: { secret } } }),
        redactor,
      )
    })
    expect(keys[1]?.plain).toBe(keys[0]?.plain)
    expect(keys[1]?.withVars).toBe(keys[0]?.withVars)
  })

  it('copes with options and vars that JSON cannot hold', () => {
    const cyclic: Record<string, unknown> = { big: 10n, run: () => 1 }
    cyclic['self'] = cyclic
    const keys = keysOf(
      makeRequest({ prompt: 'half \ud800', shape: { options: cyclic, vars: cyclic } }),
      redact,
    )
    expect(keys?.plain).toHaveLength(64)
    expect(keys?.withVars).toHaveLength(64)
  })

  it('is undefined when nobody can say what the provider is', () => {
    expect(keysOf(makeRequest({ shape: { provider: '' } }), redact)).toBeUndefined()
  })

  it('tells which part of a request has changed', () => {
    const key = plain({}) ?? ''
    expect(compareKeys(key, plain({ prompt: 'new' }) ?? '')).toEqual({ provider: true, prompt: false })
    expect(compareKeys(key, plain({ shape: { provider: 'new' } }) ?? '')).toEqual({
      provider: false,
      prompt: true,
    })
    expect(compareKeys(key, plain({ shape: { options: 1 } }) ?? '')).toEqual({ provider: true, prompt: true })
  })
})

describe('keyOf', () => {
  const keys = { plain: 'p', withVars: 'v' }

  it('goes by whether the call that was made looked at the vars', () => {
    expect(keyOf({ keys })).toBe('p')
    expect(keyOf({ keys, readVars: () => false })).toBe('p')
    expect(keyOf({ keys, readVars: () => true })).toBe('v')
    expect(keyOf({ readVars: () => true })).toBeUndefined()
  })
})
