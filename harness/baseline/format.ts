import { hash } from 'node:crypto'
import type { Baseline } from '../model/baseline.ts'

/** sha256 of everything in a baseline but its hash: of the content, so that white space does not count. */
export function hashOf(content: Readonly<Record<string, unknown>>): string {
  const { hash: own, ...rest } = content
  void own
  return hash('sha256', JSON.stringify(rest), 'hex')
}

/**
 * A baseline as text that git takes well: a member a line, and a line for each column and each case, so that a diff shows which
 * case moved.
 */
export function formatBaseline(baseline: Baseline): string {
  const members = Object.entries(baseline).map(
    ([key, value]) =>
      `  ${JSON.stringify(key)}: ${key === 'columns' || key === 'cases' ? lines(value as readonly unknown[]) : JSON.stringify(value)}`,
  )
  return `{\n${members.join(',\n')}\n}\n`
}

function lines(items: readonly unknown[]): string {
  if (items.length === 0) return '[]'
  return `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
}
