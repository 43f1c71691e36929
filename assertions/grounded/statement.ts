import { Clause } from './clause.ts'
import { clausesOf } from './clauses.ts'
import { lineOf } from './line.ts'
import type { Pair } from './modifiers.ts'
import { quotesIn, type QuoteFact } from './quotes.ts'
import { Recent } from '../shared/recent.ts'
import { termsOf } from './terms.ts'

/** Longer sentences are compared by their beginning. */
const LONGEST = 4000

/** A sentence of a claim or of a context, in clauses. */
export class Statement {
  readonly text: string
  readonly terms: ReadonlySet<string>
  #clauses: readonly Clause[] | undefined
  #quotes: readonly QuoteFact[] | undefined
  #pairs: readonly Pair[] | undefined
  #line: string | undefined

  constructor(text: string) {
    this.text = text.length > LONGEST ? text.slice(0, LONGEST) : text
    this.terms = termsOf(this.text)
  }

  get clauses(): readonly Clause[] {
    if (this.#clauses !== undefined) return this.#clauses
    const clauses = clausesOf(this.text.replaceAll(/[^\S ]\s*| \s+/g, ' '))
    const terms = clauses.length === 1 ? this.terms : undefined
    return (this.#clauses = clauses.map((clause) => new Clause(clause, terms)))
  }

  get quotes(): readonly QuoteFact[] {
    return (this.#quotes ??= quotesIn(this.text))
  }

  get pairs(): readonly Pair[] {
    return (this.#pairs ??= this.clauses.flatMap(({ pairs }) => pairs))
  }

  /** Its words in a line, in which a name is looked for. */
  get line(): string {
    return (this.#line ??= lineOf(this.text))
  }
}

const recent = new Recent<Statement>(4000)

/** What a text states: replies to one case often say the same, and cases have documents in common. */
export function statementOf(text: string): Statement {
  return recent.get(text, () => new Statement(text))
}
