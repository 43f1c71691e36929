import { describe, expect, it } from 'vitest'
import { tooLong } from '../../../providers/shared/context-window.ts'

const model = { id: 'm', scheme: 'openai', capabilities: [], contextWindow: 1000 }

describe('a prompt against the context window', () => {
  it('fits while it has no more bytes than the window has tokens', async () => {
    expect(await tooLong('x'.repeat(1000), model)).toBeUndefined()
    expect(await tooLong('é'.repeat(500), model)).toBeUndefined()
  })

  it('fits while it may, by its tokens', async () => {
    expect(await tooLong('one two three four five '.repeat(190), model)).toBeUndefined()
  })

  it('that has more tokens is invalid, and says how many it may have', async () => {
    expect(await tooLong('one two three four five '.repeat(300), model)).toEqual({
      kind: 'invalid',
      message: expect.stringMatching(
        /more than \d+ tokens, over the context window of 1000 tokens of m/,
      ) as string,
    })
  })

  it('of one endless word is counted, too', async () => {
    expect(await tooLong('a'.repeat(5_000_000), model)).toMatchObject({ kind: 'invalid' })
  })

  it('may hold what looks like a special token', async () => {
    expect(await tooLong('<|endoftext|>'.repeat(100), model)).toBeUndefined()
  })

  it('of a model that nobody knows is let through', async () => {
    expect(await tooLong('x '.repeat(100_000), undefined)).toBeUndefined()
    expect(await tooLong('x '.repeat(100_000), { ...model, contextWindow: undefined })).toBeUndefined()
  })
})
