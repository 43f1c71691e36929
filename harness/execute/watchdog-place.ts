import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** One function on the stack of a paused thread. `line` counts from 1; inline code has an empty `url`. */
export interface Frame {
  readonly url: string
  readonly line: number
}

const HARNESS = new URL('..', import.meta.url).href

/**
 * Names the innermost code of the user on a stack (innermost frame first), as `file:line` relative to `cwd`: a library that loops was called by
 * someone. Where there is none, the innermost code that is not Node's own.
 */
export function describePlace(frames: readonly Frame[], cwd: string): string {
  const named = frames.filter(({ url }) => !url.startsWith('node:'))
  const frame = named.find(isUsers) ?? named[0]
  if (frame === undefined) return 'code of Node itself'
  return frame.url.startsWith('file:') ? `${relative(frame.url, cwd)}:${frame.line}` : 'inline code'
}

/** Inline code, such as the text of a `javascript` assertion, has no URL. */
function isUsers({ url }: Frame): boolean {
  return !url.startsWith('file:') || !(url.startsWith(HARNESS) || url.includes('/node_modules/'))
}

function relative(url: string, cwd: string): string {
  const file = fileURLToPath(url)
  const short = path.relative(cwd, file)
  return short.startsWith('..') ? file : short
}
