import type { Analysis } from '../harness/model/analysis.ts'
import type { Renderer, ReportInput } from '../harness/model/report.ts'
import type { Manifest } from '../harness/model/run.ts'
import { batch } from './format/batch.ts'
import { xmlAttribute } from './format/escape-xml.ts'
import { counted } from './format/figures.ts'
import { headlineOf, sentences } from './format/headline.ts'
import { noticesOf } from './format/notices.ts'
import { gateSuite } from './junit/gates.ts'
import { testCase } from './junit/test-case.ts'

/** CI servers refuse or choke on 30 MB; what is not a test case takes a few KB. */
export const MAX_BYTES = 29_500_000
/** Passed cells take at most this share, so that those that did not pass have room. */
const PASSED_SHARE = 0.4
/** Of a passed cell, roughly. */
const PASSED_BYTES = 400

export const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
export const FOOT = '</testsuites>\n'

/**
 * JUnit XML: a test case per cell, then the gates as a suite of their own. Names come from keys, descriptions and case ids, so
 * that CI follows a case over time. A failed check is a `failure`, a broken call or check an `error`, never both.
 */
export const renderer: Renderer = {
  name: 'junit',
  file: 'junit.xml',
  async *render(input) {
    yield* batch(document(input))
  },
}

async function* document(input: ReportInput): AsyncIterable<string> {
  yield HEAD
  yield* testSuites(input, MAX_BYTES)
  yield FOOT
}

/** The suites of one run, in about `maxBytes` at most: the cells, then the gates. */
export async function* testSuites(input: ReportInput, maxBytes: number): AsyncIterable<string> {
  const { run, analysis } = input
  const { name } = run.manifest.suite
  yield `<testsuite ${suiteAttributes(run.manifest, analysis)}>\n`
  yield properties(input)
  const left = budget(analysis, maxBytes)
  const share = left.others / Math.max(1, analysis.cells.failed + analysis.cells.errored)
  const omitted = { passed: 0, others: 0 }
  for await (const trial of run.trials()) {
    const kind = trial.outcome === 'passed' ? 'passed' : 'others'
    const element = testCase(name, trial, share)
    const bytes = Buffer.byteLength(element)
    if (bytes > left[kind]) {
      omitted[kind]++
      continue
    }
    left[kind] -= bytes
    yield element
  }
  if (omitted.passed + omitted.others > 0) {
    const what = `${counted(omitted.passed, 'passed cell')} and ${counted(omitted.others, 'other')}`
    yield `<system-out>Left out to keep this file under 30 MB: ${what}.</system-out>\n`
  }
  yield `</testsuite>\n${gateSuite(name, input)}`
}

function properties(input: ReportInput): string {
  const headline = headlineOf(input)
  const told = [
    ...(headline === undefined ? [] : [property('incomplete', sentences(headline))]),
    ...noticesOf(input.run.manifest).map((notice) => property('notice', notice)),
  ]
  return told.length === 0 ? '' : `<properties>${told.join('')}</properties>\n`
}

function property(name: string, value: string): string {
  return `<property name="${name}" value="${xmlAttribute(value)}"/>`
}

function budget({ cells }: Analysis, maxBytes: number): { passed: number; others: number } {
  const passed = Math.min(Math.floor(PASSED_SHARE * maxBytes), cells.passed * PASSED_BYTES)
  return { passed, others: maxBytes - passed }
}

function suiteAttributes({ suite, startedAt, endedAt }: Manifest, { cells }: Analysis): string {
  const seconds = endedAt === undefined ? NaN : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  // A clock that was set back meanwhile: no reader takes a negative time.
  const time = seconds >= 0 ? ` time="${seconds.toFixed(3)}"` : ''
  const counts = `tests="${cells.finished}" failures="${cells.failed}" errors="${cells.errored}"`
  const from = `file="${xmlAttribute(suite.file)}" timestamp="${xmlAttribute(startedAt)}"`
  return `name="${xmlAttribute(suite.name)}" ${counts} ${from}${time}`
}
