import { createReadStream } from 'node:fs'
import type { TestOptions } from '../../model/case.ts'
import { messageOf } from '../../model/errors.ts'
import { fail } from '../config/fail.ts'
import { validateTestCase } from '../config/schema/validate.ts'
import { loadExternalValues } from '../external-values.ts'
import type { Reading } from '../reading.ts'
import { templateOfData } from '../render/data-in-templates.ts'
import type { SourcedTest, TestSource } from './test-source.ts'
import { isLiteralValue } from './test-source.ts'

/**
 * A JSONL of tests, one a line, streamed from disk on every walk: vars are data, and so are the values of assertions unless they
 * are code. With `isDescribed`, a test without a description is called by its row. Walking it throws HarnessError at the line: `suite` for a line that is no test, `empty` for a file without any.
 */
export function jsonlSource(path: string, isDescribed: boolean, reading: Reading): TestSource {
  // What was found valid once need not be checked on every walk.
  let isValid = false
  return {
    async *batches() {
      let count = 0
      let lineNumber = 0
      for await (const lines of lineBatches(path)) {
        const batch: SourcedTest[] = []
        for (const line of lines) {
          lineNumber++
          if (line.trim() === '') continue
          const sourced = parseLine(line, { path, line: lineNumber, reading, isValid })
          if (isDescribed) sourced.test.description ||= `Row #${count + batch.length + 1}`
          batch.push(sourced)
        }
        count += batch.length
        yield batch
      }
      if (count === 0) throw fail('empty', `${path} has no tests`, { file: path, line: 1 })
      isValid = true
    },
  }
}

interface LineContext {
  readonly path: string
  readonly line: number
  readonly reading: Reading
  readonly isValid: boolean
}

function parseLine(text: string, { path, line, reading, isValid }: LineContext): SourcedTest {
  const at = { file: path, line }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw fail('suite', `the line is not JSON: ${messageOf(error)}`, at, undefined, error)
  }
  if (text.includes('file://')) value = loadExternalValues(value, reading, at)
  const test = isValid ? (value as ReturnType<typeof validateTestCase>) : validateTestCase(value, at)
  if (typeof test.vars === 'string' || Array.isArray(test.vars))
    throw fail('suite', '`vars` must be a map: a dataset names no files', at)
  const checks = (test.assert ?? []).map((assertion) => ({
    assertion,
    at,
    literal: isLiteralValue(assertion),
  }))
  return { test: withLiteralAffixes(test), checks, literalVars: new Set(Object.keys(test.vars ?? {})), at }
}

/** What is put before and after the prompt is data here, as the vars are. */
function withLiteralAffixes<Test extends { options?: TestOptions | undefined }>(test: Test): Test {
  const { prefix, suffix } = test.options ?? {}
  if (prefix === undefined && suffix === undefined) return test
  const options = {
    ...test.options,
    ...(prefix !== undefined && { prefix: templateOfData(prefix) }),
    ...(suffix !== undefined && { suffix: templateOfData(suffix) }),
  }
  return { ...test, options }
}

/** Lines without their ends, as many as a chunk of the file holds. `readline` would also split at U+2028, which JSON allows. */
async function* lineBatches(path: string): AsyncGenerator<string[]> {
  let rest = ''
  let isFirst = true
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 17 })) {
    const text = isFirst ? (chunk as string).replace(/^\uFEFF/, '') : (chunk as string)
    isFirst = false
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    yield lines
  }
  yield [rest]
}
