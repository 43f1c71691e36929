import { HarnessError } from '../harness/model/errors.ts'
import type { Io } from './io.ts'
import { relativePaths } from './relative-paths.ts'

/** Says on stderr what went wrong, be it the user's mistake or a defect of ours, and returns its exit code. */
export function tellError(io: Pick<Io, 'err' | 'cwd'>, thrown: unknown): number {
  io.err(`${errorText(io, thrown)}\n`)
  return thrown instanceof HarnessError ? thrown.exitCode : 3
}

/** What is said of it. It may hold a secret of the suite's. */
export function errorText({ cwd }: Pick<Io, 'cwd'>, thrown: unknown): string {
  return thrown instanceof HarnessError
    ? relativePaths(thrown.format(), cwd)
    : `error: assay itself failed; please report this:\n${detailOf(thrown)}`
}

/** Where something was thrown, as far as that is known. */
export function detailOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}
