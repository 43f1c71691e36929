import type { CheckMetadata, CheckVerdict } from '../../harness/model/custom-check.ts'

interface Besides {
  readonly namedScores?: Readonly<Record<string, number>> | undefined
  readonly metadata?: CheckMetadata | undefined
}

/** A reply that holds. @param score 0 to 1 */
export function passed(reason: string, score = 1, besides: Besides = {}): CheckVerdict {
  return { pass: true, score, reason, ...besides }
}

/** A reply that does not hold. @param score 0 to 1 */
export function failed(reason: string, score = 0, besides: Besides = {}): CheckVerdict {
  return { pass: false, score, reason, ...besides }
}
