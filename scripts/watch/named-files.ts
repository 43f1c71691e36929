import { resolve } from 'node:path'
import type { Case } from '../../harness/model/case.ts'
import type { Suite } from '../../harness/model/suite.ts'
import { parseCodeReference } from '../../harness/suite/user-code.ts'

/**
 * Absolute paths of the files that cases and hooks name, whether they are there or not. They are read when a case is run or checked,
 * so the suite does not list them among its own.
 */
export async function namedFiles(suite: Suite): Promise<ReadonlySet<string>> {
  const { dir, extensions, derivedMetrics } = suite
  const found = new Set<string>()
  const visited = new WeakSet<object>()
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.startsWith('file://')) found.add(resolve(dir, parseCodeReference(value).path))
      return
    }
    // What cases share, the default test above all, is looked at once.
    if (typeof value !== 'object' || value === null || visited.has(value)) return
    visited.add(value)
    for (const inner of Object.values(value)) visit(inner)
  }
  visit([extensions, derivedMetrics])
  for await (const testCase of suite.cases()) visitCase(testCase, visit)
  return found
}

/** A value out of a dataset is data, whatever it looks like. */
function visitCase({ test, vars, literalVars, checks }: Case, visit: (value: unknown) => void): void {
  const { vars: _vars, assert: _assert, ...rest } = test
  visit(rest)
  for (const { assertion, literal } of checks) if (!literal) visit(assertion)
  for (const [name, value] of Object.entries(vars)) if (!literalVars.has(name)) visit(value)
}
