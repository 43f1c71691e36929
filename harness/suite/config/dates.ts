import type { Warning } from '../../model/suite.ts'
import { locate } from './positions.ts'

type Container = Record<string, unknown>

/**
 * Turns the dates of a suite's `assay:` part into text, and warns of all others: YAML reads an unquoted 2024-01-31 as
 * a date, and promptfoo makes an empty object of it.
 */
export function settleDates(document: Container): Warning[] {
  const { assay, ...rest } = document
  datesToText(assay)
  const warnings: Warning[] = []
  visitDates(rest, (holder, key, date) => {
    warnings.push({
      message: `an unquoted date becomes an empty object, as it does under promptfoo: write "${date.toISOString().slice(0, 10)}" in quotes`,
      at: locate(holder, key),
    })
  })
  return warnings
}

/** Puts the text of every date in its place: YAML reads an unquoted 2024-01-31 as a date. */
export function datesToText(root: unknown): void {
  visitDates(root, (holder, key, date) => {
    holder[key] = date.toISOString().replace('T00:00:00.000Z', '')
  })
}

function visitDates(root: unknown, visit: (holder: Container, key: string, date: Date) => void): void {
  const seen = new Set<unknown>()
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    for (const [key, member] of Object.entries(value)) {
      if (member instanceof Date) visit(value as Container, key, member)
      else walk(member)
    }
  }
  walk(root)
}
