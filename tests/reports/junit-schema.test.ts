import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { ReportInput } from '../../harness/model/report.ts'
import { renderer } from '../../reports/junit.ts'
import { makeErrored, makeTrial } from '../harness/analyze/make-trial.ts'
import { hostileTrials, withHostileComparison } from './hostile.ts'
import { comparedInput, makeComparison, makeMetric, verdictOn } from './make-comparison.ts'
import { makeInput, makeManifest, text } from './make-input.ts'
import { elements, parseXml } from './parse-xml.ts'

const SCHEMA = readFileSync(join(import.meta.dirname, '../fixtures/junit/jenkins.xsd'), 'utf8')

const failed = makeTrial({
  outcome: 'failed',
  checks: [{ type: 'equals', pass: false, score: 0, reason: 'Expected "a" to equal "b" & <c>' }],
})

function hostileInput(): ReportInput {
  const input = makeInput({ trials: hostileTrials(), settings: { gate: { floors: { pass: 0.5 } } } })
  const [{ cell } = failed] = hostileTrials()
  const manifest = makeManifest({
    suite: { name: cell.caseId, file: cell.source.file, hash: 'abc' },
    providers: [{ key: 'm', id: 'm', account: 'm', notice: cell.caseId }],
  })
  return withHostileComparison({ ...input, run: { ...input.run, manifest } })
}

/** A gate on each of 40 metrics in a run of several outcomes. */
function manyMetrics(): ReportInput {
  const metrics = Array.from({ length: 40 }, (_, n) => makeMetric({ metric: `metric ${n}` }))
  const comparison = makeComparison({ metrics })
  const input = makeInput({ trials: [failed, makeTrial(), makeErrored('down')] })
  const [gate] = verdictOn(comparison).gates
  const gates = metrics.map(({ metric }) => Object.assign({}, gate, { metric, name: `no worse: ${metric}` }))
  return {
    ...input,
    analysis: { ...input.analysis, comparison },
    verdict: verdictOn(comparison, { gates }),
  }
}

const INPUTS: Readonly<Record<string, () => ReportInput>> = {
  'an ordinary run': () =>
    makeInput({
      trials: [failed, makeTrial({ latencyMs: 3_723_004 }), makeErrored('503 down', { caseId: 'e' })],
      settings: { gate: { floors: { pass: 0.9 } } },
    }),
  'a run whose every text is hostile': hostileInput,
  'a comparison that has something of everything': comparedInput,
  'a run without cells': () => makeInput({ trials: [] }),
  'a run of errors alone': () => makeInput({ trials: [makeErrored('down'), makeErrored('', { repeat: 1 })] }),
  'a run that lacks cells, and has a notice': () =>
    makeInput({
      trials: [makeTrial()],
      planned: 9,
      manifest: { providers: [{ key: 'flash', id: 'f', account: 'f', notice: 'simulated' }] },
    }),
  'a run with 40 metrics': manyMetrics,
  'a run without an end': () => {
    const input = makeInput({ trials: [makeTrial({ latencyMs: null })] })
    const { endedAt: _, ...manifest } = input.run.manifest
    return { ...input, run: { ...input.run, manifest } }
  },
  'a run whose clock was set back meanwhile': () =>
    makeInput({ trials: [makeTrial()], manifest: { endedAt: '2026-11-23T09:00:00.000Z' } }),
}

async function errorsIn(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml, schema: SCHEMA })
  return errors.map(({ message }) => message)
}

describe.each(Object.entries(INPUTS))('%s', (_, input) => {
  it('is valid by the schema of Jenkins', async () => {
    expect(await errorsIn(await text(renderer.render(input())))).toStrictEqual([])
  })

  it('reads the same in two parsers', async () => {
    const xml = await text(renderer.render(input()))
    expect(XMLValidator.validate(xml)).toBe(true)
    const parser = new XMLParser({
      ignoreAttributes: false,
      parseAttributeValue: false,
      attributeNamePrefix: '',
      isArray: (name) => name === 'testsuite' || name === 'testcase',
      htmlEntities: true,
    })
    const document = parser.parse(xml) as {
      testsuites: { testsuite: { name: string; testcase?: { name: string }[] }[] }
    }
    const read = document.testsuites.testsuite.map(({ name, testcase = [] }) => ({
      name,
      cases: testcase.map((one) => one.name),
    }))
    const expected = elements(parseXml(xml), 'testsuite').map(({ attributes, children }) => ({
      name: attributes['name'],
      cases: children.filter(({ name }) => name === 'testcase').map((one) => one.attributes['name']),
    }))
    expect(read).toStrictEqual(expected)
  })
})

describe('the schema', () => {
  it.each([
    ['a failure that is an error too', '<failure message="a">b</failure><error message="a">b</error>'],
    ['an outcome it does not know', '<flaked/>'],
    ['an outcome without a message', '<failure>b</failure>'],
  ])('refuses %s', async (_, outcome) => {
    const xml =
      `<testsuites><testsuite name="s" tests="1" failures="1" errors="0">` +
      `<testcase classname="c" name="n">${outcome}</testcase></testsuite></testsuites>`
    expect(await errorsIn(xml)).not.toStrictEqual([])
  })

  it.each([['line="3"'], ['file="a.csv"'], ['time="-1.000"'], ['time="1e3"']])(
    'refuses a test case with %s',
    async (attribute) => {
      const xml =
        `<testsuites><testsuite name="s" tests="1" failures="0" errors="0">` +
        `<testcase classname="c" name="n" ${attribute}/></testsuite></testsuites>`
      expect(await errorsIn(xml)).not.toStrictEqual([])
    },
  )
})
