import { describe, expect, it } from 'vitest'
import type { CallContext } from '../../../harness/model/provider.ts'
import Http from '../../../providers/http.ts'
import type { Answer, Asked, Backend } from './backend.ts'
import { json, startBackend, told } from './backend.ts'

/** A backend that opens a session for whoever comes without one, and says what it was told. */
async function conversing(): Promise<Backend> {
  let opened = 0
  const answer: Answer = (asked, response) => {
    const id = idIn(asked) ?? `s-${++opened}`
    const headers = { 'x-session-id': id, 'set-cookie': `theme=dark; Path=/` }
    response.appendHeader('set-cookie', `sid=${id}; HttpOnly`)
    json({ text: `in ${id}`, session: { id } }, 200, { 'x-session-id': headers['x-session-id'] })(
      asked,
      response,
    )
  }
  return startBackend(answer)
}

function idIn({ url, headers, body }: Asked): string | undefined {
  const given = headers['x-session-id'] ?? new URL(url, 'http://x').searchParams.get('sid')
  const cookie = /\bsid=([^;]+)/.exec(headers.cookie ?? '')?.[1]
  const { session_id: member } = JSON.parse(body) as { session_id?: string | null }
  return (given as string | null) ?? cookie ?? member ?? undefined
}

function turn(conversationId: string | undefined, more: Partial<CallContext> = {}): Partial<CallContext> {
  return {
    vars: {},
    prompt: { raw: '{{q}}', label: 'p' },
    test: { metadata: { conversationId } },
    repeatIndex: 0,
    ...more,
  }
}

describe('a session', () => {
  it.each<[string, unknown, unknown]>([
    ['a header', { header: 'X-Session-Id' }, { header: 'X-Session-Id' }],
    ['the reply, and a member of the body', { path: 'session.id' }, { body: 'session_id' }],
    ['the reply, and the query', { path: 'session.id' }, { query: 'sid' }],
    ['a cookie', { cookie: 'sid' }, { cookie: 'sid' }],
  ])('is told by %s, and goes on within its conversation and no other', async (_where, from, send) => {
    const { url } = await conversing()
    const config = { url, body: { q: '{{prompt}}' }, output: 'text', session: { from, send } }
    const provider = new Http({ config })
    const say = async (context: Partial<CallContext>): Promise<unknown[]> => {
      const reply = await provider.callApi('a', context)
      return [reply.output, reply['sessionId']]
    }
    expect(await say(turn('one'))).toEqual(['in s-1', 's-1'])
    expect(await say(turn('two'))).toEqual(['in s-2', 's-2'])
    expect(await say(turn('one'))).toEqual(['in s-1', 's-1'])
    expect(await say(turn('one', { repeatIndex: 1 }))).toEqual(['in s-3', 's-3'])
    expect(await say(turn('one', { prompt: { raw: 'other', label: 'o' } }))).toEqual(['in s-4', 's-4'])
    expect(await say(turn('two'))).toEqual(['in s-2', 's-2'])
  })

  it('is a new one for every call that stands alone', async () => {
    const { url } = await conversing()
    const config = {
      url,
      body: { q: 'a{{prompt}}' },
      session: { from: { path: 'session.id' }, send: { body: 'session_id' } },
    }
    const provider = new Http({ config })
    const ids = [turn(undefined), turn(undefined), undefined].map(
      async (context) => (await provider.callApi('a', context))['sessionId'],
    )
    expect(new Set(await Promise.all(ids)).size).toBe(3)
  })

  it('is one for all turns of a prompt that reads the conversation', async () => {
    const { url } = await conversing()
    const config = {
      url,
      body: { q: '{{prompt}}' },
      session: { from: { path: 'session.id' }, send: { body: 'session_id' } },
    }
    const provider = new Http({ config })
    const context = turn(undefined, { prompt: { raw: '{{ _conversation | length }} {{q}}', label: 'p' } })
    await provider.callApi('a', context)
    expect((await provider.callApi('b', context))['sessionId']).toBe('s-1')
  })

  it('is the one the case names, wherever the request puts it', async () => {
    const { url, asked } = await conversing()
    const config = { url, body: { q: '{{prompt}}', session_id: '{{sessionId}}' }, output: 'text' }
    const provider = new Http({ config })
    const named = await provider.callApi('a', { vars: { sessionId: 'mine' } })
    expect([named.output, named['sessionId']]).toEqual(['in mine', 'mine'])
    await provider.callApi('a', { vars: {} })
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ q: 'a' })
  })

  it('that the case names goes before the one of the conversation', async () => {
    const { url } = await conversing()
    const config = {
      url,
      body: { q: '{{prompt}}' },
      session: { from: { header: 'x-session-id' }, send: { header: 'x-session-id' } },
    }
    const provider = new Http({ config })
    await provider.callApi('a', turn('one'))
    expect((await provider.callApi('a', turn('one', { vars: { sessionId: 7 } })))['sessionId']).toBe('7')
  })

  it('that the reply does not tell is warned of', async () => {
    const { url } = await startBackend(json({ text: 'a' }))
    const config = {
      url,
      body: { q: '{{prompt}}' },
      output: 'text',
      session: { from: { path: 'session.id' } },
    }
    const reply = await new Http({ config }).callApi('a')
    expect(reply.output).toBe('a')
    expect(told(reply).warnings).toEqual(['the reply tells no session id'])
  })

  it('leaves cookies out of the record, for they are credentials', async () => {
    const { url } = await conversing()
    const reply = await new Http({ config: { url, body: { q: '{{prompt}}' } } }).callApi('a')
    expect(JSON.stringify(reply.metadata)).not.toContain('HttpOnly')
  })
})
