import { describe, expect, it } from 'vitest'
import type { Trial } from '../../harness/model/trial.ts'
import { renderer } from '../../reports/junit.ts'
import { makeErrored, makeTrial } from '../harness/analyze/make-trial.ts'
import { HOSTILE, hostileTrials } from './hostile.ts'
import { makeInput, text } from './make-input.ts'
import { type Element, elements, parseXml } from './parse-xml.ts'

async function render(trials: Trial[], gate?: Record<string, unknown>): Promise<Element> {
  return parseXml(await text(renderer.render(makeInput({ trials, settings: { gate } }))))
}

const failed = makeTrial({
  cell: { caseId: 'mail-7', description: 'Sarcastic praise', repeat: 1 },
  outcome: 'failed',
  latencyMs: 1234,
  output: 'positive',
  request: { prompt: 'Label this' },
  checks: [
    { type: 'is-json', pass: true, score: 1, reason: 'valid' },
    { type: 'equals', pass: false, score: 0, reason: 'Expected "positive" to equal "negative"' },
  ],
})

describe('a test case', () => {
  it('has a stable name, seconds, the reason in message and body, and the place of its case before it', async () => {
    const [testCase] = elements(await render([failed]), 'testcase')
    expect(testCase?.attributes).toStrictEqual({
      classname: 'sentiment.zero-shot × flash',
      name: 'Sarcastic praise (mail-7) #2',
      time: '1.234',
    })
    const [failure] = testCase?.children ?? []
    expect(failure?.attributes).toStrictEqual({
      message: 'Expected "positive" to equal "negative"',
      type: 'equals',
    })
    expect(failure?.text).toMatch(/^suites\/sentiment\/emails\.csv:2\n/)
    expect(failure?.text).toContain('equals: Expected "positive" to equal "negative"')
    expect(failure?.text).toContain('output: positive')
    expect(failure?.text).toContain('prompt: Label this')
  })

  it('is in a class that Jenkins does not part within the name of a prompt or a model', async () => {
    const document = await render([makeTrial({ cell: { prompt: 'prompts/a.txt', provider: 'gpt-4.1' } })])
    const classes = elements(document, 'testcase').map(({ attributes }) => attributes['classname'])
    expect(classes).toStrictEqual(['sentiment.prompts/a_txt × gpt-4_1', 'sentiment.gates'])
  })

  it('is a failure when a check failed, an error when a call broke, and nothing when it passed', async () => {
    const document = await render([failed, makeErrored('503 down', { caseId: 'e' }), makeTrial()])
    const outcomes = elements(document, 'testcase').map(({ children }) => children.map(({ name }) => name))
    expect(outcomes.slice(0, 3)).toStrictEqual([['failure'], ['error'], []])
    expect(elements(document, 'error')[0]?.attributes).toMatchObject({
      message: '503 down',
      type: 'unavailable',
    })
    expect(document.children[0]?.attributes).toMatchObject({ tests: '3', failures: '1', errors: '1' })
  })

  it('has no name twice when cases share a description', async () => {
    const alike = ['a', 'b'].flatMap((caseId) =>
      [0, 1].map((repeat) => makeTrial({ cell: { caseId, repeat, description: 'same' } })),
    )
    const names = elements(await render(alike), 'testcase').map(({ attributes }) => attributes['name'])
    expect(names.slice(0, 4)).toStrictEqual(['same (a)', 'same (a) #2', 'same (b)', 'same (b) #2'])
  })
})

describe('the suite', () => {
  it('names its file, and when it began', async () => {
    const { attributes } = (await render([makeTrial()])).children[0]!
    expect(attributes).toMatchObject({
      name: 'sentiment',
      file: 'suites/sentiment/suite.yaml',
      timestamp: '2026-11-23T10:00:00.000Z',
      time: '42.000',
    })
  })
})

describe('the gates', () => {
  it('are a suite of their own, with the verdict last', async () => {
    const document = await render([failed, makeTrial()], { floors: { pass: 0.9 }, latency: { p95Ms: 5000 } })
    const gates = document.children[1]
    expect(gates?.attributes).toMatchObject({
      name: 'sentiment gates',
      tests: '3',
      failures: '2',
      errors: '0',
    })
    expect(
      gates?.children.map(({ attributes, children }) => [attributes['name'], children[0]?.name]),
    ).toStrictEqual([
      ['zero-shot × flash: floor: pass', 'failure'],
      ['zero-shot × flash: latency p95', undefined],
      ['verdict', 'failure'],
    ])
  })

  it('show an invalid run as an error', async () => {
    const document = await render([makeErrored('down')])
    expect(document.children[1]?.attributes).toMatchObject({ tests: '1', failures: '0', errors: '1' })
  })
})

describe('the document', () => {
  it('is well-formed whatever characters a reply holds', async () => {
    const every = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join('')
    const nasty = `${every}\uFFFE\uFFFF\uD800\uDC00\uDC00\uD800 ]]> ${HOSTILE}`
    const trial = { ...failed, output: nasty, request: { prompt: nasty }, error: nasty, reason: nasty }
    const document = await render([trial, ...hostileTrials()])
    expect(elements(document, 'failure')[0]?.text).toContain(']]>')
  })

  it('stays under 30 MB when 40,000 cells with long replies fail, and still names every one of them', async () => {
    const input = makeInput({
      trials: Array.from({ length: 40_000 }, (_, i) =>
        makeTrial({
          cell: { caseId: `c${i}` },
          outcome: 'failed',
          output: '<é'.repeat(1_000),
          reason: 'é<'.repeat(1_000),
        }),
      ),
    })
    let bytes = 0
    let cases = 0
    for await (const chunk of renderer.render(input)) {
      bytes += Buffer.byteLength(chunk)
      cases += chunk.split('<testcase ').length - 1
    }
    expect(bytes).toBeLessThan(30_000_000)
    expect(cases).toBe(40_001)
  })

  it('leaves out passed cells before failed ones, and says so', async () => {
    const description = 'long '.repeat(60)
    const passed = Array.from({ length: 60_000 }, (_, i) =>
      makeTrial({ cell: { caseId: `p${i}`, description } }),
    )
    const others = Array.from({ length: 500 }, (_, i) =>
      makeTrial({ ...failed, cell: { caseId: `f${i}`, description } }),
    )
    const rendered = await text(renderer.render(makeInput({ trials: [...passed, ...others] })))
    expect(rendered.match(/<failure /g)).toHaveLength(500 + 1)
    const [, said] =
      /Left out to keep this file under 30 MB: ([\d,]+) passed cells and 0 others/.exec(rendered) ?? []
    expect(Number(said?.replaceAll(',', '')) + rendered.split('<testcase ').length - 1).toBe(60_501)
  })
})
