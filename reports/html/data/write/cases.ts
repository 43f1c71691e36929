import type { CellRecord } from '../../../../harness/model/trial.ts'
import { cut } from '../../../format/plain.ts'
import type { CasesBlock } from '../about.ts'
import { Numbering } from './numbering.ts'

/** UTF-16 units of an id, a description or a tag that the table knows. */
const LABEL_LIMIT = 200

/** Longest value of a metadata key that can name a slice: longer ones are texts, not categories. */
const VALUE_LIMIT = 80

interface CaseFacts {
  readonly id: string
  readonly description: string
  readonly file: number
  readonly line: number
  readonly tags: readonly string[]
  /** Scalar metadata by key, but for the id and the tags. */
  readonly kinds: readonly (readonly [key: string, value: string])[]
}

/** The cases of a run by number, in the order in which they first come. */
export class Cases {
  readonly #numbers = new Numbering()
  readonly #files = new Numbering()
  readonly facts: CaseFacts[] = []

  of(cell: CellRecord): number {
    const number = this.#numbers.of(cell.caseId)
    if (number === this.facts.length) {
      const { caseId, description, source, metadata } = cell
      this.facts.push({
        id: caseId,
        description: description ?? '',
        file: this.#files.of(source.file),
        line: Number.isSafeInteger(source.line) ? source.line : 0,
        tags: tagsOf(metadata),
        kinds: kindsOf(metadata),
      })
    }
    return number
  }

  /** -1 for a case that the run does not have. */
  find(caseId: string): number {
    return this.#numbers.find(caseId)
  }

  /** The numbers in the order of the suite: by file, then by line; what stands in one place as it first came. */
  inOrder(): Uint32Array {
    const numbers = this.facts.map((_, number) => number)
    const at = (number: number) => this.facts[number] as CaseFacts
    numbers.sort((a, b) => at(a).file - at(b).file || at(a).line - at(b).line || a - b)
    return Uint32Array.from(numbers)
  }

  block(order: Uint32Array): CasesBlock {
    const tags = new Numbering()
    const sorted = Array.from(order, (number) => this.facts[number] as CaseFacts)
    return {
      id: sorted.map(({ id }) => cut(id, LABEL_LIMIT)),
      description: sorted.map(({ description }) => cut(description, LABEL_LIMIT)),
      file: sorted.map(({ file }) => file),
      files: this.#files.keys().map((file) => cut(file, LABEL_LIMIT)),
      line: sorted.map(({ line }) => line),
      tags: sorted.map((one) => one.tags.map((tag) => tags.of(cut(tag, LABEL_LIMIT)))),
      tagNames: tags.keys(),
    }
  }
}

/** `metadata.tags`: a list, or a single tag. */
function tagsOf(metadata: CellRecord['metadata']): string[] {
  const tags = metadata?.['tags']
  if (typeof tags === 'string') return [tags]
  return Array.isArray(tags) ? [...new Set(tags.filter((tag) => typeof tag === 'string'))] : []
}

function kindsOf(metadata: CellRecord['metadata']): [string, string][] {
  return Object.entries(metadata ?? {}).flatMap(([key, value]): [string, string][] => {
    if (key === 'id' || key === 'tags') return []
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return []
    const text = String(value)
    return text === '' || text.length > VALUE_LIMIT ? [] : [[cut(key, VALUE_LIMIT), text]]
  })
}
