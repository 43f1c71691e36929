import type { Change } from '../../model/comparison.ts'
import { columnName } from '../../model/comparison.ts'
import { canonicalJson } from '../../suite/cases/identity.ts'
import { excerpt } from '../excerpt.ts'
import type { ArmColumn } from './arm.ts'
import { nameOf } from './compare-metric.ts'
import type { PairedColumn } from './pair-columns.ts'
import { wordDiff, wordsOf } from './word-diff.ts'

/** Longest value of a setting in a sentence, in UTF-16 units. */
const VALUE_LIMIT = 60

/** Settings that are named one by one. */
const NAMED = 5

/** Each prompt that says something else, once, whatever columns it is in. */
export function promptChanges(pairs: readonly PairedColumn[]): Change[] {
  const seen = new Set<string>()
  return pairs.flatMap(({ column, against }): Change[] => {
    const key = `${against.promptHash} ${column.promptHash}`
    if (column.promptHash === against.promptHash || seen.has(key)) return []
    seen.add(key)
    return [promptChange(column, against)]
  })
}

function promptChange(column: ArmColumn, against: ArmColumn): Change {
  const name = column.prompt === against.prompt ? 'was edited' : `is compared with ${against.prompt}`
  const subject = `The prompt ${column.prompt} ${name}`
  const change = { kind: 'prompt', column: nameOf(column) } as const
  if (column.raw === undefined || against.raw === undefined)
    return { ...change, what: `${subject}; the older text is not on record.` }
  if (column.raw === against.raw) return { ...change, what: `${subject}: its config is another one.` }
  const diff = wordDiff(against.raw, column.raw)
  const count = (op: 'added' | 'removed') =>
    diff.reduce((sum, part) => sum + (part.op === op ? wordsOf(part.text) : 0), 0)
  const [added, removed] = [count('added'), count('removed')]
  const words =
    added + removed === 0 ? 'in white space only' : `${many(added, 'word')} added, ${removed} removed`
  return { ...change, what: `${subject}: ${words}.`, diff }
}

/** Each provider that is another model, has another config or another file, once. */
export function providerChanges(pairs: readonly PairedColumn[]): Change[] {
  const seen = new Set<string>()
  return pairs.flatMap(({ column, against }): Change[] => {
    const change = providerChange(column, against)
    const key = `${against.provider}\0${column.provider}\0${change?.what}`
    if (change === undefined || seen.has(key)) return []
    seen.add(key)
    return [change]
  })
}

function providerChange(column: ArmColumn, against: ArmColumn): Change | undefined {
  const shown =
    column.provider === against.provider ? column.provider : `${column.provider} (was ${against.provider})`
  const name = nameOf(column)
  if (column.configHash !== against.configHash) {
    const [old, now] = [modelOf(against), modelOf(column)]
    if (old !== undefined && now !== undefined && old !== now)
      return { kind: 'model', column: name, what: `The model behind ${shown} is ${now}; it was ${old}.` }
    const settings = settingsOf(against.config, column.config)
    const [before, after] = [against.providerId, column.providerId]
    if (settings.length === 0 && before !== undefined && after !== undefined && before !== after)
      return {
        kind: 'provider',
        column: name,
        what: `${shown} is asked for as ${after}; it was as ${before}.`,
      }
    const isModel = settings.some(({ key }) => /model|profile|deployment/i.test(key))
    const told = settings.length === 0 ? 'not on record' : settings.slice(0, NAMED).map(said).join(', ')
    const more = settings.length > NAMED ? ` and ${settings.length - NAMED} more` : ''
    return {
      kind: isModel ? 'model' : 'provider',
      column: name,
      what: `The config of ${shown} has changed: ${told}${more}.`,
    }
  }
  // What is left of a column's hash when prompt and config agree is the content of the provider's file.
  if (column.promptHash === against.promptHash && plainHash(column) !== plainHash(against))
    return {
      kind: 'provider_file',
      column: name,
      what: `The file of the provider ${shown} has changed (${columnName(column)}).`,
    }
  return undefined
}

/** What was asked, as far as it is on record: of a class of models the one it stood for. */
export function modelOf({ model, providerId }: ArmColumn): string | undefined {
  return model ?? providerId
}

/** Without the occurrence number that columns of equal content have. */
function plainHash({ hash }: ArmColumn): string {
  return hash.replace(/-\d+$/, '')
}

interface Setting {
  readonly key: string
  readonly old: unknown
  readonly now: unknown
}

/** Settings that differ, by path; those of lists as a whole. */
function settingsOf(old: unknown, now: unknown, path = ''): Setting[] {
  if (isMap(old) && isMap(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
    return keys.flatMap((key) => settingsOf(old[key], now[key], path === '' ? key : `${path}.${key}`))
  }
  return canonicalJson(old) === canonicalJson(now) && (old === undefined) === (now === undefined)
    ? []
    : [{ key: path === '' ? 'config' : path, old, now }]
}

function said({ key, old, now }: Setting): string {
  if (old === undefined) return `${key} ${shownValue(now)} is new`
  if (now === undefined) return `${key} is gone (was ${shownValue(old)})`
  return `${key} ${shownValue(old)} → ${shownValue(now)}`
}

function shownValue(value: unknown): string {
  return excerpt(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none'), VALUE_LIMIT)
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function many(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
