export type Path = readonly (string | number)[]

/** One way in which a value does not fit its schema. */
export interface Problem {
  /** Of a missing or forbidden field: its own path. */
  readonly path: Path
  readonly fault: Fault
}

type Fault =
  | { readonly is: 'type'; readonly types: readonly string[] }
  | { readonly is: 'missing' }
  /** `known` are the fields that the schema has there. */
  | { readonly is: 'extra'; readonly known: readonly string[] }
  | { readonly is: 'values'; readonly allowed: readonly unknown[] }
  /** `says` is a clause in a validator's own words: "must be >= 3". */
  | { readonly is: 'rule'; readonly says: string }
  /** None of several forms fits; of each, why. */
  | { readonly is: 'union'; readonly forms: readonly (readonly Problem[])[] }

/** What a schema, of whichever library, says of a value. */
export interface Validator {
  /** In the order of the schema; none for a value that fits. */
  readonly problemsOf: (value: unknown) => readonly Problem[] | Promise<readonly Problem[]>
  /** As JSON Schema, for what cannot be asked of a value: how many fields a missing object should have had, which ones there are. */
  readonly jsonSchema: unknown
}

/** What stands at a path of a value; undefined where nothing does. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = (found as Record<string | number, unknown>)[step]
  }
  return found
}
