import { HarnessError, messageOf } from '../model/errors.ts'

const FULL: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file may not grow any further (ulimit -f)',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reports an error',
}

/** What went wrong while a file of the run folder was written, in words: a `HarnessError` (`incomplete`). */
export function diskError(error: unknown, file: string): HarnessError {
  const code = errorCode(error)
  const reason = (code === undefined ? undefined : FULL[code]) ?? messageOf(error)
  return new HarnessError('incomplete', `${file} cannot be written: ${reason}`, {
    hint: 'What was acknowledged before is on disk. Make room, then `assay resume` on the run folder goes on.',
    cause: error,
  })
}

/** The `code` of an error of the operating system, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
