import { HarnessError, messageOf } from '../model/errors.ts'
import type { JournalLine } from '../model/trial.ts'
import type { Place } from '../record/read-journal.ts'

/** `write` resolves once the line is safe on disk, with its place where it has one. */
export interface Journal {
  write(line: JournalLine): Promise<Place | void>
}

/**
 * Records a line.
 * @throws HarnessError `incomplete` when it cannot be written: the run cannot go on.
 */
export async function writeLine(journal: Journal, line: JournalLine): Promise<Place | undefined> {
  try {
    return (await journal.write(line)) ?? undefined
  } catch (error) {
    throw new HarnessError(
      'incomplete',
      `the run stopped, its record cannot be written: ${messageOf(error)}`,
      {
        hint: 'what was recorded is kept; make room, then `assay resume` on the run folder goes on',
        cause: error,
      },
    )
  }
}
