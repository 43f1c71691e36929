import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as CodeFrame from '@babel/code-frame'
import type { ErrorCode } from '../../model/errors.ts'
import { HarnessError } from '../../model/errors.ts'
import type { SourceLocation } from '../../model/source.ts'

/** Files larger than this get no code frame: reading a dataset again to quote a line is not worth it. */
const LARGEST_FRAMED_BYTES = 2 * 1024 * 1024

/** Builds (does not throw) the error for a user's mistake, with the lines around it. */
export function fail(
  code: ErrorCode,
  message: string,
  at?: SourceLocation,
  hint?: string,
  cause?: unknown,
): HarnessError {
  return new HarnessError(code, message, { at, hint, frame: at && codeFrame(at), cause })
}

/** The lines around a place, with the place marked; undefined when the file cannot be read or is large. */
export function codeFrame(at: SourceLocation): string | undefined {
  let text: string
  try {
    if (statSync(at.file).size > LARGEST_FRAMED_BYTES) return undefined
    text = readFileSync(at.file, 'utf8')
  } catch {
    return undefined
  }
  // Only mistakes need it, and start-up counts.
  const { codeFrameColumns } = createRequire(import.meta.url)('@babel/code-frame') as typeof CodeFrame
  // The columns of the first line count from behind a byte order mark, and code-frame counts columns from 0.
  const body = text.replace(/^\uFEFF/, '')
  const start = { line: at.line, column: (at.column ?? 1) - 1 }
  return codeFrameColumns(body, { start }, { linesAbove: 2, linesBelow: 2 })
}
