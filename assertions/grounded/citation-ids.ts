import type { Document } from './documents.ts'

const PLACE = /^(?:doc(?:ument)?|source|text|passage|context|ref(?:erence)?)?(\d{1,4})$/

/** Which document a citation names: by its id, else by its place ("[2]", "source 2"). */
export class CitationIds {
  readonly #byId: ReadonlyMap<string, number>
  readonly #count: number

  constructor(documents: readonly Document[]) {
    this.#byId = new Map(documents.map(({ id }, at): [string, number] => [keyOf(id), at]).toReversed())
    this.#count = documents.length
  }

  /** Undefined for a document that there is not. */
  resolve(cited: string): number | undefined {
    return this.named(cited) ?? this.#atPlace(keyOf(cited))
  }

  /** By its id alone. */
  named(cited: string): number | undefined {
    return this.#byId.get(keyOf(cited))
  }

  #atPlace(key: string): number | undefined {
    const place = Number(PLACE.exec(key)?.[1])
    return place >= 1 && place <= this.#count ? place - 1 : undefined
  }
}

function keyOf(id: string): string {
  return id.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
