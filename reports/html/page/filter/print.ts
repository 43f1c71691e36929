import { printCondition } from './quantity.ts'
import { type Condition, type Figure, isFigureName, isNamed, type Term } from './term.ts'

/** The filter as it would be typed: parsing it gives the same terms. */
export function printFilter(terms: readonly Term[]): string {
  return terms.map(printTerm).join(' ')
}

export function printTerm(term: Term): string {
  return `${term.negated ? '-' : ''}${body(term)}`
}

function body(term: Term): string {
  if (term.kind === 'status') return `status:${term.statuses.join(',')}`
  if (term.kind === 'name') return `${term.of}:${term.values.map(quoteValue).join(',')}`
  if (term.kind === 'figure') return printFigure(term.figure, term.conditions)
  return quoteText(term.text)
}

function printFigure(figure: Figure, conditions: readonly Condition[]): string {
  const printed = conditions.map(printCondition).join(',')
  if (figure.of !== 'metric') return `${figure.of}:${printed}`
  const { name } = figure
  return isPlainKey(name)
    ? `${name}:${printed}`
    : `metric:${quote(name)}${/^[<>]/.test(printed) ? '' : '='}${printed}`
}

/** Whether a metric's name can stand before a colon as it is. */
export function isPlainKey(name: string): boolean {
  return !isKeyword(name) && /^[^\s":,<>=-][^\s":,<>=]*$/.test(name)
}

/** Keys that mean something else than a metric of that name. */
export function isKeyword(key: string): boolean {
  return isNamed(key) || isFigureName(key) || key === 'status' || key === 'metric'
}

export function quoteValue(value: string): string {
  return /^[^\s",]+$/.test(value) ? value : quote(value)
}

/** A colon, a sign or a comparison would make something else of it. */
function quoteText(text: string): string {
  return /^[^\s":<>=-][^\s":<>=]*$/.test(text) ? text : quote(text)
}

const ESCAPED: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' }

function quote(text: string): string {
  return `"${text.replace(/["\\\n\t\r]/g, (character) => ESCAPED[character] ?? `\\${character}`)}"`
}
