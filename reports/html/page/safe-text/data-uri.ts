/** Base64 shorter than this is shown as it stands. */
const SHORTEST = 200

const SCHEME = 'data:'
const DATA_URI =
  /data:([a-z0-9.+-]+\/[a-z0-9.+-]+)?(?:;[a-z0-9_.=+-]{1,80}){0,4};base64,([a-z0-9+/_-]+={0,2})/iy

/** Where base64 data stands in a text, and what it says it is. */
export interface DataUri {
  readonly from: number
  readonly to: number
  readonly type: string
  readonly bytes: number
}

/** The first long `data:` address that starts in a part of a text; it may end beyond it. */
export function findDataUri(text: string, from: number, to: number): DataUri | undefined {
  const part = text.slice(from, to + SCHEME.length - 1)
  for (let offset = part.indexOf(SCHEME); offset !== -1; offset = part.indexOf(SCHEME, offset + 1)) {
    const at = from + offset
    DATA_URI.lastIndex = at
    const found = DATA_URI.exec(text)
    const data = found?.[2] ?? ''
    if (found === null || data.length < SHORTEST) continue
    const bytes = Math.floor((data.replace(/=+$/, '').length * 3) / 4)
    return { from: at, to: at + found[0].length, type: found[1] ?? 'data', bytes }
  }
  return undefined
}
