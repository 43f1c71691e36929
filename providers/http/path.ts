/** Stands for `[*]`: every item of a list. */
const EVERY = Symbol('[*]')

type Step = string | number | typeof EVERY

/** Where in a JSON value something is: `choices[0].message.content`, `["a key"]`, `[-1]` from the end, `[*]` for every item. */
export interface Path {
  /** As it was written. */
  readonly text: string
  readonly steps: readonly Step[]
}

const NAME = /[^.[\]"'\s]+/y
const INDEX = /\[\s*(-?\d+)\s*\]/y
const STAR = /\[\s*\*\s*\]/y
const QUOTED = /\[\s*("(?:[^"\\]|\\.)*")\s*\]/y

/** Keys of an object shown when a path leads nowhere. */
const SHOWN_KEYS = 20

/** @throws {SyntaxError} that says what was expected, and at which character (from 1) */
export function parsePath(text: string): Path {
  const steps: Step[] = []
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null) return undefined
    at += found[0].length
    return found
  }
  const expected = (what: string): never => {
    const came = at < text.length ? `\`${text.slice(at, at + 10)}\`` : 'the end'
    throw new SyntaxError(
      `the path \`${text}\`: expected ${what} at character ${at + 1}, and there is ${came}`,
    )
  }
  const name = (): void => {
    const found = match(NAME)
    if (found === undefined) expected('a key')
    else steps.push(found[0])
  }
  const bracket = (): void => {
    const index = match(INDEX)
    if (index !== undefined) return void steps.push(Number(index[1]))
    if (match(STAR) !== undefined) return void steps.push(EVERY)
    const quoted = match(QUOTED)
    if (quoted === undefined) expected('[n], [*] or ["key"]')
    else steps.push(unquote(quoted[1] ?? '') ?? expected('a key in JSON’s quotes'))
  }
  if (text.startsWith('[')) bracket()
  else name()
  while (at < text.length) {
    if (text[at] === '[') bracket()
    else if (text[at] === '.') {
      at++
      name()
    } else expected('`.` or `[`')
  }
  return { text, steps }
}

function unquote(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string
  } catch {
    return undefined
  }
}

/**
 * What a JSON value has at a path, or undefined for nothing. With `[*]` it is the list of what the items have: those that have
 * nothing there are passed over, and where none has, that is nothing.
 */
export function valueAt(value: unknown, { steps }: Path): unknown {
  return walk(value, steps, 0)
}

/** The same, with a list of texts that `[*]` made put together as one. */
export function outputAt(value: unknown, path: Path): unknown {
  const found = valueAt(value, path)
  const isJoined =
    path.steps.includes(EVERY) && Array.isArray(found) && found.every((item) => typeof item === 'string')
  return isJoined ? found.join('') : found
}

function walk(value: unknown, steps: readonly Step[], from: number): unknown {
  let here = value
  for (let i = from; i < steps.length; i++) {
    const step = steps[i] as Step
    if (step === EVERY) return everyItem(here, steps, i + 1)
    here = member(here, step)
    if (here === undefined) return undefined
  }
  return here
}

function everyItem(list: unknown, steps: readonly Step[], from: number): unknown {
  if (!Array.isArray(list)) return undefined
  const found = list.map((item) => walk(item, steps, from)).filter((item) => item !== undefined)
  if (found.length === 0 && list.length > 0) return undefined
  return steps.includes(EVERY, from) ? found.flat() : found
}

function member(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (typeof step === 'number') return Array.isArray(value) ? (value.at(step) as unknown) : undefined
  return !Array.isArray(value) && Object.hasOwn(value, step)
    ? (value as Record<string, unknown>)[step]
    : undefined
}

/** For a path that leads nowhere: how far it leads, and what is there instead. */
export function whatIsThere(value: unknown, { text, steps }: Path): string {
  let here = value
  let way = ''
  for (const step of steps) {
    const next =
      step === EVERY ? (Array.isArray(here) ? (here[0] as unknown) : undefined) : member(here, step)
    if (next === undefined) break
    here = next
    way += typeof step === 'string' ? `${way === '' ? '' : '.'}${step}` : `[${step === EVERY ? 0 : step}]`
  }
  return `nothing at \`${text}\`: ${way === '' ? 'the reply' : `\`${way}\``} ${described(here)}`
}

function described(value: unknown): string {
  if (Array.isArray(value)) return `is a list of ${value.length}`
  if (value === undefined) return 'is not JSON'
  if (typeof value !== 'object' || value === null) return value === null ? 'is null' : `is a ${typeof value}`
  const keys = Object.keys(value)
  if (keys.length === 0) return 'is an empty object'
  const more = keys.length > SHOWN_KEYS ? ` and ${keys.length - SHOWN_KEYS} more` : ''
  return `has the keys ${keys
    .slice(0, SHOWN_KEYS)
    .map((key) => JSON.stringify(key))
    .join(', ')}${more}`
}
