import { type CellName, INITIAL, type Sort, type ViewState } from './view-state.ts'

/** UTF-16 units of a filter that is taken from a link: nobody types more, and a damaged link may hold anything. */
const LONGEST = 4000

export interface ReadHash {
  readonly state: ViewState
  /** A sentence for each part that was ignored. */
  readonly ignored: readonly string[]
}

/** `#q=…&sort=-latency&cell=…`; '' where all is as it was. */
export function printHash({ q, sort, byCase, cell, compare, columns }: ViewState): string {
  const parts: string[] = []
  const add = (name: string, value: string) => parts.push(`${name}=${value}`)
  if (q !== '') add('q', encode(q))
  if (sort !== undefined) add('sort', `${sort.descending ? '-' : ''}${encode(sort.key)}`)
  if (byCase) add('group', 'case')
  if (columns !== undefined) add('cols', columns.map(encode).join(','))
  if (cell !== undefined) add('cell', cell)
  if (compare !== undefined) add('with', `${compare.arm}:${compare.cell}`)
  return parts.length === 0 ? '' : `#${parts.join('&')}`
}

/** Whether a hash is a view of the cells, and not the id of a section. */
export function isViewHash(hash: string): boolean {
  return hash === '' || hash === '#' || hash.includes('=')
}

/** Reads a hash. What cannot be read is left out and told. */
export function readHash(hash: string): ReadHash {
  const ignored: string[] = []
  const state: { -readonly [Part in keyof ViewState]: ViewState[Part] } = { ...INITIAL }
  for (const part of hash.replace(/^#/, '').split('&')) {
    if (part === '') continue
    const at = part.indexOf('=')
    const name = at === -1 ? part : part.slice(0, at)
    const read = at === -1 ? undefined : readPart(name, part.slice(at + 1))
    if (read === undefined) ignored.push(`This link's part “${shown(part)}” cannot be read and was ignored.`)
    else Object.assign(state, read)
  }
  if (state.cell === undefined) state.compare = undefined
  return { state, ignored }
}

function readPart(name: string, value: string): Partial<ViewState> | undefined {
  switch (name) {
    case 'q': {
      const q = decode(value)
      return q === undefined || q.length > LONGEST ? undefined : { q }
    }
    case 'sort': {
      const sort = readSort(value)
      return sort && { sort }
    }
    case 'group':
      return value === 'case' ? { byCase: true } : undefined
    case 'cell':
      return isCell(value) ? { cell: value.toLowerCase() } : undefined
    case 'with': {
      const compare = readCellName(value)
      return compare && { compare }
    }
    case 'cols': {
      const columns = value === '' ? [] : value.split(',').map(decode)
      return columns.every((key) => key !== undefined) ? { columns } : undefined
    }
    default:
      return undefined
  }
}

function readSort(value: string): Sort | undefined {
  const descending = value.startsWith('-')
  const key = decode(descending ? value.slice(1) : value)
  return key === undefined || key === '' ? undefined : { key, descending }
}

function readCellName(value: string): CellName | undefined {
  const match = /^(main|base):([0-9a-f]{16})$/i.exec(value)
  if (match === null) return undefined
  return {
    arm: match[1]?.toLowerCase() === 'main' ? 'main' : 'base',
    cell: (match[2] as string).toLowerCase(),
  }
}

function isCell(value: string): boolean {
  return /^[0-9a-f]{16}$/i.test(value)
}

/** Keeps the colons, which read well and mean nothing here. `encodeURIComponent` throws on a lone surrogate. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':')
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function shown(part: string): string {
  return part.length <= 40 ? part : `${part.slice(0, 40)}…`
}
