import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Cassette } from '../../../../harness/record/cassette/cassette.ts'
import { missExplainer } from '../../../../harness/record/cassette/explain-miss.ts'
import { cassetteLine } from '../../../../harness/record/cassette/line.ts'
import { keysOf } from '../../../../harness/execute/request-keys.ts'
import type { ModelRequest } from '../../../../harness/execute/call.ts'
import { makeRedactor } from '../../../../harness/record/redact.ts'
import { makeRequest } from '../../execute/make-request.ts'
import { keyNamed, makeCall, tempDir } from './make-journal.ts'

const redact = makeRedactor({})

function keys(request: ModelRequest): { plain: string; withVars: string } {
  const found = keysOf(request, redact)
  if (found === undefined) throw new Error('the request has no key')
  return found
}

function lineFor(caseId: string, key: string, output: string): string {
  const call = makeCall('x', 'k')
  return cassetteLine(
    { case: caseId, repeat: 0, attempt: 0, key },
    { ...call, result: { ...call.result, reply: { output } } },
  )
}

async function open(files: Readonly<Record<string, string>>): Promise<Cassette> {
  const dir = tempDir()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content)
  const cassette = await Cassette.open(dir)
  if (cassette === undefined) throw new Error('no cassette')
  return cassette
}

describe('Cassette', () => {
  it('is undefined where there is no folder, and empty where there is nothing in it', async () => {
    expect(await Cassette.open(join(tempDir(), 'none'))).toBeUndefined()
    expect((await open({})).isEmpty).toBe(true)
  })

  it('finds a reply by its key alone, in whatever file and for whatever case it was recorded', async () => {
    const cassette = await open({ 'a--b.jsonl': `${lineFor('old-id', keyNamed('k'), 'found')}\n` })
    expect(cassette.find(keyNamed('k'), makeRequest())?.reply.output).toBe('found')
    expect(cassette.find(keyNamed('other'), makeRequest())).toBeUndefined()
    cassette.close()
  })

  it('gives twins each its own reply', async () => {
    const key = keyNamed('k')
    const cassette = await open({
      'a--flash.jsonl': `${lineFor('c1', key, 'a c1')}\n${lineFor('c1#2', key, 'a c1#2')}\n`,
      'b--flash.jsonl': `${lineFor('c1', key, 'b c1')}\n`,
    })
    const ask = (promptKey: string, caseId: string) =>
      cassette.find(key, makeRequest({ promptKey, caseId }))?.reply.output
    expect([ask('a', 'c1'), ask('a', 'c1#2'), ask('b', 'c1'), ask('new', 'c1')]).toEqual([
      'a c1',
      'a c1#2',
      'b c1',
      'a c1',
    ])
    cassette.close()
  })

  it('reads lines of any length and any characters, a last one without its end, and CRLF', async () => {
    const [first, second] = [keyNamed('1'), keyNamed('2')]
    const long = `ä\u2028😀${'x'.repeat(300_000)}`
    const cassette = await open({
      'a--b.jsonl': `${lineFor('c1', first, long)}\r\n\n${lineFor('c2', second, 'last')}`,
    })
    expect(cassette.find(first, makeRequest())?.reply.output).toBe(long)
    expect(cassette.find(second, makeRequest())?.reply.output).toBe('last')
    cassette.close()
  })

  it('names file and line of damage, and leaves other suites’ folders alone', async () => {
    const good = lineFor('c1', keyNamed('k'), 'o')
    const dir = tempDir()
    mkdirSync(join(dir, 'hard'))
    writeFileSync(join(dir, 'hard', 'x.jsonl'), 'not json')
    writeFileSync(join(dir, 'README.md'), 'not json')
    writeFileSync(join(dir, 'a.jsonl'), `${good}\n=======\n`)
    await expect(Cassette.open(dir)).rejects.toThrow(
      expect.objectContaining({ code: 'usage', at: { file: join(dir, 'a.jsonl'), line: 2 } }),
    )
  })
})

describe('missExplainer', () => {
  const recorded = makeRequest()
  const file = 'few-shot--flash.jsonl'
  const grader = makeRequest({
    role: 'grader',
    promptKey: 'llm-rubric at suite.yaml:9:7',
    spec: recorded.spec,
  })

  async function explain(request: ModelRequest, files?: Readonly<Record<string, string>>): Promise<string> {
    const cassette = await open(
      files ?? {
        [file]: `${lineFor('c1', keys(recorded).plain, 'o')}\n`,
        'graders.jsonl': `${lineFor('c1', keys(grader).plain, 'o')}\n`,
      },
    )
    const message = missExplainer(cassette)(request, keysOf(request, redact))
    cassette.close()
    return message
  }

  it('names the cell', async () => {
    const request = makeRequest({ caseId: 'c-17', repeat: 2, attempt: 1 })
    expect(await explain(request)).toMatch(
      /^no recorded reply for few-shot × flash, case c-17, repeat 2, feedback round 1: /,
    )
  })

  it.each([
    ['the prompt has changed', makeRequest({ prompt: 'new' })],
    ['the prompt, or a var in it, has changed', makeRequest({ prompt: 'new', varsHash: 'of-the-vars' })],
    ['the provider has changed: its file, its id or its config', makeRequest({ shape: { provider: 'new' } })],
    ['the prompt and the provider have changed', makeRequest({ prompt: 'new', shape: { provider: 'new' } })],
    [
      'the options of the test, or the vars its provider reads, have changed',
      makeRequest({ shape: { options: { tools: [] } } }),
    ],
    ['the case is new, or its vars have changed', makeRequest({ caseId: 'c2' })],
    ['this repeat was never recorded', makeRequest({ repeat: 1 })],
    ['this round of feedback was never recorded', makeRequest({ attempt: 1 })],
    ['nothing is recorded of this column', makeRequest({ promptKey: 'zero-shot' })],
    [
      'its provider comes out of code, which no recording can be known by',
      makeRequest({ shape: { provider: '' } }),
    ],
    ['what the grader is asked has changed', { ...grader, prompt: 'new' }],
    ['no grader was asked about this case', { ...grader, caseId: 'c2' }],
  ])('says that %s', async (why, request) => {
    expect(await explain(request)).toMatch(new RegExp(`: ${why}$`))
  })

  it('says that nothing at all is recorded of a grader', async () => {
    expect(await explain(grader, {})).toMatch(/: no answer of a grader is recorded$/)
  })
})
