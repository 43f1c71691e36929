import { hash } from 'node:crypto'

const DIGEST_LENGTH = 32

/** sha256 of a text, cut to 32 hex digits. */
export function shortDigest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, DIGEST_LENGTH)
}

/** JSON whose keys are sorted, at every depth: equal for equal content, in whatever order it was written. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value instanceof Date) return JSON.stringify(value)
  const map = value as Record<string, unknown>
  const keys = Object.keys(map).sort()
  let json = '{'
  for (const key of keys) {
    if (map[key] === undefined) continue
    json += `${json === '{' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(map[key])}`
  }
  return `${json}}`
}

/**
 * What identifies a case by its vars: the digest of their canonical JSON. A var that names a file counts by what the file holds,
 * so that editing it makes another case, and moving it does not.
 * @param fileDigest digest of the file that a `file://` value names, or undefined for what is not a file
 */
export function varsDigest(
  vars: Record<string, unknown>,
  fileDigest: (name: string, value: unknown) => string | undefined,
): string {
  let files: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(vars)) {
    const digest = fileDigest(name, value)
    if (digest !== undefined) (files ??= {})[name] = { 'file://': digest }
  }
  return shortDigest(canonicalJson(files === undefined ? vars : { ...vars, ...files }))
}

/**
 * The id of a case: `metadata.id`, else the digest of its vars. When one test with an id fans out into several cases, each is
 * `<id>~<first 8 digits of its vars' digest>`, which no reordering changes. What is still alike (true duplicates, an id given to
 * two tests) is told apart by its occurrence, `#2` for the second: see `occurrenceId`.
 */
export function caseId(metadataId: unknown, digest: string, isFannedOut: boolean): string {
  const written = typeof metadataId === 'string' || typeof metadataId === 'number' ? String(metadataId) : ''
  if (written === '') return digest
  return isFannedOut ? `${written}~${digest.slice(0, 8)}` : written
}

/** True for the id of a case that is not the first with its id. A written id cannot look like one: see `CaseBuilder`. */
export function isOccurrence(id: string): boolean {
  return /#\d+$/.test(id)
}

/** The id of the nth case with this id: the first keeps it. */
export function occurrenceId(id: string, occurrence: number): string {
  return occurrence === 1 ? id : `${id}#${occurrence}`
}
