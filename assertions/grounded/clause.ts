import { datesIn, type DateFact } from './dates.ts'
import { lineOf } from './line.ts'
import { pairsIn, type Pair } from './modifiers.ts'
import { namesIn, type NameFact } from './names.ts'
import { polarityOf, type Polarity } from './negation.ts'
import { numbersIn, type NumberFact } from './numbers.ts'
import { sidesOf, turnsIn, type Sides } from './opposites.ts'
import { blanked } from './span.ts'
import { beginningOf, type Beginning } from './subject.ts'
import { termsOf } from './terms.ts'

/** A clause, and what can be compared of it. What is dear to find out is found out when it is asked for. */
export class Clause {
  readonly text: string
  readonly terms: ReadonlySet<string>
  readonly dates: readonly DateFact[]
  readonly numbers: readonly NumberFact[]
  readonly #undated: string
  #names: readonly NameFact[] | undefined
  #polarity: Polarity | undefined
  #sides: Sides | undefined
  #matter: ReadonlySet<string> | undefined
  #beginning: Beginning | undefined
  #pairs: readonly Pair[] | undefined
  #line: string | undefined

  constructor(text: string, terms: ReadonlySet<string> = termsOf(text)) {
    this.text = text
    this.terms = terms
    this.dates = datesIn(text)
    this.#undated = blanked(text, this.dates)
    this.numbers = numbersIn(this.#undated)
  }

  get names(): readonly NameFact[] {
    return (this.#names ??= namesIn(blanked(this.#undated, this.numbers)))
  }

  get polarity(): Polarity {
    return (this.#polarity ??= polarityOf(this.text, this.terms))
  }

  get sides(): Sides {
    return (this.#sides ??= sidesOf(this.text))
  }

  /** Its terms but for the turns that `sides` goes by. */
  get matter(): ReadonlySet<string> {
    return (this.#matter ??= without(this.terms, turnsIn(this.text, this.sides)))
  }

  get beginning(): Beginning {
    return (this.#beginning ??= beginningOf(this.text))
  }

  get pairs(): readonly Pair[] {
    return (this.#pairs ??= pairsIn(this.text))
  }

  /** Its words in a line, in which a name is looked for. */
  get line(): string {
    return (this.#line ??= lineOf(this.text))
  }
}

function without(terms: ReadonlySet<string>, text: string): ReadonlySet<string> {
  if (text === '') return terms
  const others = termsOf(text)
  return new Set([...terms].filter((term) => !others.has(term)))
}
