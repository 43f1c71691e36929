import type { Assertion, Check } from '../../model/assertion.ts'
import type { TestCase } from '../../model/case.ts'
import { messageOf } from '../../model/errors.ts'
import type { SourceLocation } from '../../model/source.ts'
import { fail } from '../config/fail.ts'
import { validateAssertion } from '../config/schema/validate.ts'
import { didYouMean } from '../../model/suggest.ts'
import { assertionFromText } from './assertion-shorthand.ts'
import { parseFiniteNumber } from './finite-number.ts'
import type { Warn } from '../reading.ts'
import { templateOfData } from '../render/data-in-templates.ts'
import type { SourcedTest } from './test-source.ts'
import { isLiteralValue } from './test-source.ts'

type Draft = {
  readonly vars: Record<string, unknown>
  readonly expected: string[]
  readonly thresholds: number[]
  readonly options: { prefix?: string; suffix?: string }
  readonly metadata: Record<string, unknown>
  description?: string
  providerOutput?: string
  metric?: string
  threshold?: number | undefined
}
/** Puts the cell of one column where it belongs. */
type Column = (draft: Draft, cell: string, at: SourceLocation) => void

const SPECIAL = [
  'expected',
  'prefix',
  'suffix',
  'description',
  'providerOutput',
  'metric',
  'threshold',
  'metadata',
  'config',
]
const NAMES = SPECIAL.map((name) => `__${name}`)
/** Cells repeat from row to row; assertions made of equal ones are one object, which caches know by identity. */
const KEPT_ASSERTIONS = 4096

/**
 * Reads rows under a header as promptfoo's CSV format does: plain columns are vars, those with two underscores are special.
 * @param literal true when cells are data; false for rows that were authored in YAML
 * @throws HarnessError `suite` for a header or a cell that makes no sense
 */
export class RowReader {
  readonly #columns: readonly Column[]
  readonly #literalVars: ReadonlySet<string>
  readonly #literal: boolean
  readonly #assertions = new Map<string, Assertion>()

  constructor(header: readonly string[], at: SourceLocation, warn: Warn, literal: boolean) {
    const names = header.map((name) => name.trim())
    refuseBadNames(names, at)
    this.#columns = names.map((name) => columnFor(name, { at, warn, literal }))
    this.#literal = literal
    this.#literalVars = new Set(literal ? names.filter((name) => isVar(name)) : [])
  }

  /**
   * @param cells texts; of a plain column any value
   * @param index from 0
   */
  read(cells: readonly unknown[], index: number, at: SourceLocation): SourcedTest {
    const draft: Draft = { vars: {}, expected: [], thresholds: [], options: {}, metadata: {} }
    for (const [column, place] of this.#columns.entries()) place(draft, cells[column] as string, at)
    const assert = draft.expected.map((text, position) => this.#assertion(text, draft, position, at))
    draft.thresholds.forEach((threshold, position) => {
      if (position < assert.length) draft.metadata['threshold'] = threshold
    })
    const test: TestCase = {
      vars: draft.vars,
      assert,
      options: draft.options,
      description: draft.description || `Row #${index + 1}`,
    }
    if (draft.providerOutput) test.providerOutput = draft.providerOutput
    if (draft.threshold !== undefined) test.threshold = draft.threshold
    if (Object.keys(draft.metadata).length > 0) test.metadata = draft.metadata
    return {
      test,
      checks: assert.map((assertion) => this.#check(assertion, at)),
      literalVars: this.#literalVars,
      at,
    }
  }

  #check(assertion: Assertion, at: SourceLocation): Check {
    return { assertion, at, literal: this.#literal && isLiteralValue(assertion) }
  }

  #assertion(text: string, { metric, thresholds }: Draft, position: number, at: SourceLocation): Assertion {
    const threshold = thresholds[position]
    const key = `${threshold ?? ''}\0${metric ?? ''}\0${text}`
    const known = this.#assertions.get(key)
    if (known !== undefined) return known
    const assertion = {
      ...parseExpected(text, at),
      ...(metric !== undefined && { metric }),
      ...(threshold !== undefined && { threshold }),
    }
    validateAssertion(assertion, at)
    if (this.#assertions.size < KEPT_ASSERTIONS) this.#assertions.set(key, assertion)
    return assertion
  }
}

function parseExpected(text: string, at: SourceLocation): Assertion {
  try {
    return assertionFromText(text)
  } catch (error) {
    throw fail('suite', `cannot read the expected value: ${messageOf(error)}`, at, undefined, error)
  }
}

function refuseBadNames(names: readonly string[], at: SourceLocation): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw fail('suite', `two columns are called ${JSON.stringify(twice)}`, at, 'rename or remove one of them')
  if (names.includes('__proto__')) throw fail('suite', 'a column cannot be called "__proto__"', at)
}

function isVar(name: string): boolean {
  return (
    !name.startsWith('__expected') &&
    !/^__(metadata|config):/.test(name) &&
    !(NAMES.includes(name) && name !== '__config')
  )
}

interface ColumnContext {
  readonly at: SourceLocation
  readonly warn: Warn
  readonly literal: boolean
}

function columnFor(name: string, { at, warn, literal }: ColumnContext): Column {
  if (!name.startsWith('__') && SPECIAL.some((special) => name.startsWith(`_${special}`)))
    warn(
      `column ${JSON.stringify(name)} is a var: did you mean ${JSON.stringify(`_${name}`)}, with two underscores?`,
      at,
    )
  if (name.startsWith('__expected'))
    return ({ expected }, cell) => {
      const text = cell.trim()
      if (text !== '') expected.push(text)
    }
  if (name.startsWith('__metadata:')) return metadataColumn(name.slice('__metadata:'.length))
  if (name.startsWith('__config:')) return configColumn(name, at)
  switch (name) {
    case '__prefix':
    case '__suffix':
      return ({ options }, cell) =>
        void (options[name === '__prefix' ? 'prefix' : 'suffix'] = literal ? templateOfData(cell) : cell)
    case '__description':
    case '__providerOutput':
    case '__metric': {
      const field = name.slice(2) as 'description' | 'providerOutput' | 'metric'
      return (draft, cell) => void (draft[field] = cell)
    }
    case '__threshold':
      return (draft, cell) => void (draft.threshold = parseFiniteNumber(cell))
    case '__metadata':
      warn('column "__metadata" needs a key, as in "__metadata:category": it is ignored', at)
      return () => undefined
    default:
      if (name.startsWith('__')) warnUnknown(name, at, warn)
      return ({ vars }, cell) => void (vars[name] = cell)
  }
}

function warnUnknown(name: string, at: SourceLocation, warn: Warn): void {
  const meant = didYouMean(name, NAMES)
  if (meant !== undefined) warn(`column ${JSON.stringify(name)} is not special but a var: ${meant}`, at)
}

/** `k` holds a text, `k[]` a list: apart by commas, but for those after a backslash. An empty cell sets nothing. */
function metadataColumn(name: string): Column {
  const isList = name.endsWith('[]')
  const key = isList ? name.slice(0, -2) : name
  return ({ metadata }, cell) => {
    if (cell.trim() === '') return
    metadata[key] = isList ? cell.split(/(?<!\\),/).map((item) => item.trim().replaceAll('\\,', ',')) : cell
  }
}

/** `__config:__expected2:threshold` belongs to the second cell of the row that expects something. */
function configColumn(name: string, at: SourceLocation): Column {
  const [, expected, digits, option] = /^__config:(__expected(\d+)?):([^:]*)$/.exec(name) ?? []
  const position = digits === undefined ? 0 : Number(digits) - 1
  if (expected === undefined || position < 0 || option !== 'threshold')
    throw fail(
      'suite',
      `column ${JSON.stringify(name)} makes no sense`,
      at,
      'write `__config:__expected:threshold`, or `__config:__expected2:threshold` for the second',
    )
  return ({ thresholds }, cell, row) => {
    const value = parseFiniteNumber(cell)
    if (value === undefined)
      throw fail('suite', `${name}: expected a number, got ${JSON.stringify(cell)}`, row)
    thresholds[position] = value
  }
}
