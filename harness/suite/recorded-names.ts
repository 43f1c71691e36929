import type { Redactor } from '../record/redact.ts'
import { shortDigest } from './cases/identity.ts'

interface Named {
  readonly key: string
}

/**
 * Prompts or providers by the names that they have in the record, which hold no secret: the number of an account in an ARN is one. A
 * column is found by its name in later runs, baselines and reports. Two that are alike then are numbered.
 */
export function withRecordedKeys<T extends Named>(named: readonly T[], redact: Redactor): readonly T[] {
  const taken = new Set<string>()
  return named.map((each) => {
    const clean = redact.text(each.key)
    let key = clean
    for (let n = 2; taken.has(key); n++) key = `${clean}-${n}`
    taken.add(key)
    return key === each.key ? each : Object.assign({}, each, { key })
  })
}

/** The id of a case as it is written, or a digest of one that holds what is taken out: cases are told apart by it. */
export function recordedId(written: unknown, redact: Redactor | undefined): unknown {
  if (redact === undefined || (typeof written !== 'string' && typeof written !== 'number')) return written
  const text = String(written)
  return redact.text(text) === text ? written : shortDigest(text)
}
