/** The members of an object that nobody has checked. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** None where it is no object. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}
