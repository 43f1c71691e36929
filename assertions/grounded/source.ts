import { sentencesOf } from '../shared/sentences.ts'
import type { Document } from './documents.ts'
import { MOST_CONTEXT } from './documents.ts'
import { Capitals } from './capitals.ts'
import type { Clause } from './clause.ts'
import { isSameDate, type DateFact } from './dates.ts'
import { lineOf } from './line.ts'
import type { Pair } from './modifiers.ts'
import type { NameFact } from './names.ts'
import { isSameNumber, type NumberFact } from './numbers.ts'
import { comparable } from './quotes.ts'
import { Recent } from '../shared/recent.ts'
import { statementOf, type Statement } from './statement.ts'

const MOST_SENTENCES = 20_000
const MOST_REMEMBERED = 5000
/** Acme Ltd (the "Supplier"): what a party is called further on. */
const ALIAS =
  /\(\s?(?:hereinafter\s|hereafter\s|together\s)?(?:referred to as\s|called\s)?(?:the\s|an?\s)?["“']([^"”'()]{2,40})["”'][^()]{0,40}\)/g
/** How far before that its name begins, and what it begins after. */
const NAME_BEFORE = 120
const NAME_START = /.*(?:[)“”"]|\b(?:between|among|and|by|with)\b)/s

/** A sentence of the context, and the document it stands in. */
export class SourceSentence {
  readonly document: number
  readonly #statement: Statement

  constructor(statement: Statement, document: number) {
    this.#statement = statement
    this.document = document
  }

  get text(): string {
    return this.#statement.text
  }

  get terms(): ReadonlySet<string> {
    return this.#statement.terms
  }

  get clauses(): readonly Clause[] {
    return this.#statement.clauses
  }

  get pairs(): readonly Pair[] {
    return this.#statement.pairs
  }

  get line(): string {
    return this.#statement.line
  }
}

/** A context made ready to be looked up. */
export class Source {
  readonly documents: readonly Document[]
  readonly sentences: readonly SourceSentence[]
  /** Whether the context was longer than what is compared. */
  readonly isCut: boolean
  readonly #places = new Map<string, number[]>()
  readonly #weights = new Map<string, number>()
  #capitals: Capitals | undefined
  #numbers: readonly NumberFact[] | undefined
  #dates: readonly DateFact[] | undefined
  readonly #facts = new Recent<boolean>(MOST_REMEMBERED)
  readonly #called = new Recent<readonly string[]>(MOST_REMEMBERED)
  #lines: readonly string[] | undefined
  #quotable: string | undefined
  #aliases: readonly (readonly [name: string, alias: string])[] | undefined

  constructor(documents: readonly Document[]) {
    this.documents = documents
    const sentences: SourceSentence[] = []
    let room = MOST_CONTEXT
    for (const [at, { text }] of documents.entries()) {
      for (const { text: said } of sentencesOf(text.slice(0, room)))
        sentences.push(new SourceSentence(statementOf(said), at))
      room = Math.max(0, room - text.length)
    }
    this.isCut = room === 0 || sentences.length > MOST_SENTENCES
    this.sentences = sentences.slice(0, MOST_SENTENCES)
    for (const [at, { terms }] of this.sentences.entries()) {
      for (const term of terms) {
        const places = this.#places.get(term)
        if (places === undefined) this.#places.set(term, [at])
        else places.push(at)
      }
    }
    for (const [term, { length }] of this.#places) this.#weights.set(term, this.#rarity(length))
  }

  /** How rare a term is here: the fewer sentences have it, the more it says. One that stands nowhere is as rare as one that stands once. */
  weight(term: string): number {
    return this.#weights.get(term) ?? this.#rarity(1)
  }

  #rarity(places: number): number {
    return Math.log(1 + this.sentences.length / places)
  }

  /** Positions of the sentences that have a term. */
  places(term: string): readonly number[] {
    return this.#places.get(term) ?? []
  }

  hasNumber(number: NumberFact): boolean {
    const key = JSON.stringify([number.values, number.unit, number.isCount, number.isRounded])
    this.#numbers ??= this.#clauses().flatMap(({ numbers }) => numbers)
    const all = this.#numbers
    return this.#facts.get(key, () => all.some((stated) => isSameNumber(number, stated)))
  }

  hasDate(date: DateFact): boolean {
    this.#dates ??= this.#clauses().flatMap(({ dates }) => dates)
    return this.#dates.some((stated) => isSameDate(date, stated))
  }

  /** Whether a document has a name, its words in a row; without one, whether any has. */
  hasName(name: string, document?: number): boolean {
    if (document === undefined)
      return this.#facts.get(`name ${name}`, () => this.documents.some((_, at) => this.hasName(name, at)))
    this.#lines ??= this.documents.map(({ text }) => lineOf(text))
    return this.#lines[document]?.includes(` ${name} `) ?? false
  }

  /** Whether two words stand in a row somewhere, by their terms. */
  hasPair(modifier: string, head: string): boolean {
    return this.#facts.get(`pair ${modifier} ${head}`, () =>
      this.places(modifier).some((at) =>
        this.sentences[at]?.pairs.some((pair) => pair.modifier === modifier && pair.head === head),
      ),
    )
  }

  /** Those that are names here: a word that begins a sentence is one where the context never has it in small letters. */
  namesOf(names: readonly NameFact[]): readonly NameFact[] {
    if (names.every(({ isFirst }) => !isFirst)) return names
    this.#capitals ??= new Capitals(this.documents.map(({ text }) => text))
    const capitals = this.#capitals
    return names.filter(({ isFirst, text }) => !isFirst || capitals.isName(text))
  }

  #clauses(): Clause[] {
    return this.sentences.flatMap(({ clauses }) => clauses)
  }

  /** What the context also calls a name. */
  aliasesOf(name: string): readonly string[] {
    this.#aliases ??= this.documents.flatMap(({ text }) => aliasesIn(text.slice(0, MOST_CONTEXT)))
    const aliases = this.#aliases
    if (aliases.length === 0) return []
    return this.#called.get(name, () =>
      aliases.filter(([full]) => full.includes(` ${name} `)).map(([, alias]) => alias),
    )
  }

  /** All of it, as quotations are compared. */
  get quotable(): string {
    return (this.#quotable ??= this.documents.map(({ text }) => comparable(text)).join('\n'))
  }
}

function aliasesIn(text: string): (readonly [name: string, alias: string])[] {
  return Array.from(text.matchAll(ALIAS), ({ 1: alias = '', index }) => {
    const named = text.slice(Math.max(0, index - NAME_BEFORE), index).replace(NAME_START, '')
    return [lineOf(named), lineOf(alias).trim()]
  })
}

const recent = new Recent<Source>(16)

/** The source of these documents. */
export function sourceOf(documents: readonly Document[]): Source {
  return recent.get(JSON.stringify(documents), () => new Source(documents))
}
