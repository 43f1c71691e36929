import { createHash } from 'node:crypto'
import { ID_DIGITS } from './about.ts'

const IS_HEX = new RegExp(`^[0-9a-f]{${ID_DIGITS}}`)

/** How the page names a cell: the first hex digits of its id. An id that is no digest, as another tool's, is made one. */
export function cellName(id: string): string {
  const hex = IS_HEX.test(id) ? id : createHash('sha256').update(id).digest('hex')
  return hex.slice(0, ID_DIGITS)
}
