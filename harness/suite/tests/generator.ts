import type { SourceLocation } from '../../model/source.ts'
import { messageOf } from '../../model/errors.ts'
import { fail } from '../config/fail.ts'
import { loadExternalValues } from '../external-values.ts'
import type { Reading } from '../reading.ts'
import { resolveFile } from '../reading.ts'
import { importUserFile, loadUserFunction, parseCodeReference } from '../user-code.ts'

/**
 * The tests that a code file exports or, given the config, computes. It runs once.
 * @throws HarnessError `suite` when it throws, or yields no list
 */
export async function generateTests(
  ref: string,
  config: unknown,
  at: SourceLocation,
  reading: Reading,
): Promise<unknown[]> {
  const { path, functionName } = parseCodeReference(ref)
  const file = resolveFile(reading, path, at)
  reading.ledger.digest(file, at)
  const exported =
    functionName === undefined ? await importUserFile(file, at) : await loadUserFunction(ref, reading, at)
  let tests = exported
  if (typeof exported === 'function') {
    try {
      tests = (await exported(
        config === undefined ? undefined : loadExternalValues(config, reading, at),
      )) as unknown
    } catch (error) {
      throw fail('suite', `the test generator ${ref} threw: ${messageOf(error)}`, at, undefined, error)
    }
  }
  if (Array.isArray(tests)) return tests as unknown[]
  throw fail(
    'suite',
    `the test generator ${ref} must yield a list of tests, but yielded ${describe(tests)}`,
    at,
  )
}

function describe(value: unknown): string {
  return value === null ? 'null' : typeof value
}
