import type { Evidence, Mark } from '../../model/evidence.ts'
import type { CheckResult } from '../../model/trial.ts'
import { evidenceSchema, markSchema } from '../../record/schema/evidence.ts'
import type { Grade } from './grade.ts'

/** More of them would be a copy of the reply. */
const MOST_MARKS = 200

/** What of a grade's metadata the record keeps. A user's own check may mean something else by these names: what is not as the contract has it is left. */
export function seenIn({ metadata }: Grade): Pick<CheckResult, 'evidence' | 'marks'> {
  if (metadata === undefined) return {}
  const { evidence, marks } = metadata
  const read = evidence === undefined ? undefined : evidenceSchema.safeParse(evidence)
  const kept = Array.isArray(marks) ? marks.filter(isMark).slice(0, MOST_MARKS) : []
  return {
    ...(read?.success === true && { evidence: read.data as Evidence }),
    ...(kept.length > 0 && { marks: kept }),
  }
}

function isMark(value: unknown): value is Mark {
  return markSchema.safeParse(value).success
}
