const LONGEST_STEP = 60

/** A place in a JSON value as RFC 6901 writes it: `/parties/0/name`; `''` is the whole. Long keys, which may be hostile, are cut. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${cut(String(step).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')
}

function cut(step: string): string {
  return step.length > LONGEST_STEP ? `${step.slice(0, LONGEST_STEP)}…` : step
}
