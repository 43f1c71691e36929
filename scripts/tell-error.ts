import { HarnessError } from '../harness/model/errors.ts'
import type { Io } from './io.ts'
import { relativePaths } from './relative-paths.ts'

/** Says on stderr what went wrong, be it the user's mistake or a defect of ours, and returns its exit code. */
export function tellError(io: Pick<Io, 'err' | 'cwd'>, thrown: unknown): number {
  if (thrown instanceof HarnessError) {
    io.err(`${relativePaths(thrown.format(), io.cwd)}\n`)
    return thrown.exitCode
  }
  io.err(`error: assay itself failed; please report this:\n${detailOf(thrown)}\n`)
  return 3
}

/** Where something was thrown, as far as that is known. */
export function detailOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}
