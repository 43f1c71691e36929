import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { CallResult, ModelRequest } from '../../../harness/execute/call.ts'
import { answeredFromRecord, resumed } from '../../../harness/execute/resumed.ts'
import type { Call } from '../../../harness/model/trial.ts'
import { StoredReplies } from '../../../harness/record/stored-replies.ts'
import { failedCall, makeCall } from '../record/make-lines.ts'
import { providerOf, specOf } from './world.ts'

const { prompt: PROMPT } = makeCall('', '').result.request
const keep = (json: string): string => json

const opened: StoredReplies[] = []
afterEach(() => Promise.all(opened.splice(0).map((replies) => replies.close())))

async function storedCalls(lines: readonly Call[], redact = keep) {
  const dir = await mkdtemp(join(tmpdir(), 'assay-resumed-'))
  await writeFile(
    join(dir, 'trials.jsonl'),
    lines.map((line) => `${redact(JSON.stringify(line))}\n`).join(''),
  )
  const replies = await StoredReplies.open(dir)
  opened.push(replies)
  return { replies, redact }
}

function requestOf(cellId: string, over: Partial<ModelRequest> = {}): ModelRequest {
  return {
    role: 'model',
    cellId,
    caseId: 'c',
    repeat: 0,
    attempt: 0,
    retry: 0,
    promptKey: 'p',
    prompt: PROMPT,
    spec: specOf('m'),
    provider: providerOf(),
    shape: { provider: '', options: null, vars: {} },
    invoke: () => Promise.resolve({}),
    trusted: true,
    ...over,
  }
}

/** A session that goes on with these lines, and notes what it has to call. */
async function session(lines: readonly Call[], redact = keep) {
  const called: ModelRequest[] = []
  const stored = await storedCalls(lines, redact)
  const ask = resumed(stored)((request): Promise<CallResult> => {
    called.push(request)
    return Promise.resolve({ attempt: makeCall('', 'called').result, earlier: request.before ?? [] })
  })
  return { ask, called }
}

function outputOf(result: CallResult): unknown {
  return 'attempt' in result ? result.attempt.reply?.output : result.withheld
}

describe('a call that an earlier session made', () => {
  it('is answered as it was then, with the tries before it, and is not made again', async () => {
    const { ask, called } = await session([
      failedCall('a', 'late'),
      makeCall('a', 'yes'),
      makeCall('b', 'no'),
    ])
    expect(await ask(requestOf('a'))).toEqual({
      attempt: makeCall('a', 'yes').result,
      earlier: [failedCall('a', 'late').result],
    })
    expect(called).toEqual([])
  })

  it('came from a cassette is said to be replayed still', async () => {
    const { ask } = await session([{ ...makeCall('a', 'yes'), replayed: true }])
    expect(await ask(requestOf('a'))).toMatchObject({ replayed: true })
  })

  it('and failed is made again, with what was tried before it', async () => {
    const { ask, called } = await session([failedCall('a', 'one'), failedCall('a', 'two')])
    await ask(requestOf('a'))
    expect(called.map(({ before }) => before?.map(({ failure }) => failure?.message))).toEqual([
      ['one', 'two'],
    ])
  })

  it('and failed for good is not made again', async () => {
    const { result } = failedCall('a', 'no')
    const refused = { ...result, failure: { kind: 'refused' as const, message: 'no' } }
    const { ask, called } = await session([{ ...failedCall('a', 'no'), result: refused }])
    expect(await ask(requestOf('a'))).toEqual({ attempt: refused, earlier: [] })
    expect(called).toEqual([])
  })

  it.each([
    ['another cell', { cellId: 'b' }],
    ['another round of feedback', { attempt: 1 }],
    ['another prompt', { prompt: 'What else?' }],
    ['a grader', { role: 'grader' as const }],
  ])('is no answer for %s', async (_what, over) => {
    const { ask, called } = await session([makeCall('a', 'yes')])
    await ask(requestOf('a', over))
    expect(called).toHaveLength(1)
    expect(called[0]?.before).toBeUndefined()
  })

  it('with a prompt that holds a secret is known by what the record has of it', async () => {
    const redact = (json: string): string => json.replaceAll('hunter22', '[redacted]')
    const line = makeCall('a', 'yes')
    const secret = { ...line, result: { ...line.result, request: { prompt: 'I am "hunter22"' } } }
    const { ask, called } = await session([secret], redact)
    expect(outputOf(await ask(requestOf('a', { prompt: 'I am "hunter22"' })))).toBe('yes')
    expect(called).toEqual([])
  })
})

describe('a question to a grader', () => {
  const grade = (cellId: string, output: string): Call => ({ ...makeCall(cellId, output), role: 'grader' })

  it('that was asked twice takes both answers in turn, then is asked anew', async () => {
    const { ask, called } = await session([
      grade('a', 'first'),
      { ...failedCall('a', 'late'), role: 'grader' },
      grade('a', 'second'),
    ])
    const request = requestOf('a', { role: 'grader' })
    // At once, as checks are.
    const answers = await Promise.all([ask(request), ask(request), ask({ ...request, attempt: 1 })])
    expect(answers.map(outputOf)).toEqual(['first', 'second', 'called'])
    expect(answers[1]).toMatchObject({ earlier: [{ failure: { message: 'late' } }] })
    expect(called).toHaveLength(1)
  })

  it("of another cell is no answer: an unbroken run would have asked for this cell's own", async () => {
    const { ask, called } = await session([grade('b', 'first')])
    await ask(requestOf('a', { role: 'grader' }))
    expect(called).toHaveLength(1)
  })
})

describe('calls answered from the record alone', () => {
  it('have failures for replies, whatever the prompt is now', async () => {
    const answer = answeredFromRecord(
      await storedCalls([makeCall('a', 'yes'), failedCall('b', 'one'), failedCall('b', 'two')]),
    )
    expect(outputOf(await answer(requestOf('a', { prompt: 'changed' })))).toBe('yes')
    expect(await answer(requestOf('b'))).toMatchObject({
      attempt: { failure: { message: 'two' } },
      earlier: [{ failure: { message: 'one' } }],
    })
  })

  it('are failures where there is nothing on record', async () => {
    const answer = answeredFromRecord(await storedCalls([{ ...makeCall('a', 'fine'), role: 'grader' }]))
    expect(await answer(requestOf('a'))).toMatchObject({
      attempt: { failure: { kind: 'invalid', message: 'no reply to this cell is on record' }, costUsd: 0 },
    })
    // Another cell's answer to the same question is better than none.
    expect(outputOf(await answer(requestOf('b', { role: 'grader' })))).toBe('fine')
    expect(await answer(requestOf('b', { role: 'grader', prompt: 'new' }))).toMatchObject({
      attempt: { failure: { message: expect.stringContaining('run the suite again') as string } },
    })
  })
})
