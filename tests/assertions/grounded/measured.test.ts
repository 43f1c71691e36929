import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { check } from './context.ts'
import sets from './measured.json' with { type: 'json' }

const DOCS = readFileSync(join(import.meta.dirname, '../../../docs/checks/grounded.md'), 'utf8')

it('is wrong about as many of our sentences as its docs tell', () => {
  const wrong = (lines: readonly string[], context: unknown, pass: boolean): number =>
    lines.filter((line) => check(line, { context }).pass !== pass).length
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
  const alarms = sum(sets.map(({ supported, context }) => wrong(supported, context, true)))
  const misses = sum(sets.map(({ unsupported, context }) => wrong(unsupported, context, false)))
  const right = sum(sets.map(({ supported }) => supported.length))
  const made = sum(sets.map(({ unsupported }) => unsupported.length))
  expect(DOCS).toContain(`| all ${right + made}, now | ${alarms} of ${right}: `)
  expect(DOCS).toContain(`| ${misses} of ${made}: `)
})
