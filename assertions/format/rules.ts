import { readJson } from '../shared/json-read.ts'
import { patternOf } from '../shared/pattern.ts'
import { quoted } from '../shared/quote.ts'
import type { Bounds, FormatConfig } from './config.ts'
import { markdownIn } from './markdown.ts'
import { closingOf, preambleOf } from './pleasantries.ts'

/** What is wrong with a text by one rule, as a clause; undefined where the rule holds. */
type Rule = (text: string) => string | undefined

type OneOrMore = string | readonly string[]

const BULLET = /^[ \t]*(?:[-*+•‣▪–][ \t]+|\d{1,9}[.)][ \t]+)\S/

/** The rules of a config by name, in the order of the docs. */
export function rulesOf(config: FormatConfig): readonly (readonly [name: string, rule: Rule])[] {
  const rules: readonly (readonly [string, Rule | undefined])[] = [
    ['startsWith', given(config.startsWith, beginsWith)],
    ['endsWith', given(config.endsWith, endsIn)],
    ['regex', given(config.regex, matchesAll)],
    ['notRegex', given(config.notRegex, matchesNone)],
    ['oneOf', given(config.oneOf, isOneOf)],
    ['json', given(config.json, () => jsonFault)],
    ['markdown', given(config.markdown, () => markdownFault)],
    ['lines', given(config.lines, (bounds) => within(bounds, 'line', (text) => linesOf(text).length))],
    ['bullets', given(config.bullets, (bounds) => within(bounds, 'list item', bulletsOf))],
    ['noPreamble', given(config.noPreamble, () => without(preambleOf, 'begins before the answer'))],
    ['noClosing', given(config.noClosing, () => without(closingOf, 'goes on after the answer'))],
  ]
  return rules.flatMap(([name, rule]) => (rule === undefined ? [] : [[name, rule] as const]))
}

function given<T>(setting: T | undefined, make: (setting: T) => Rule): Rule | undefined {
  return setting === undefined ? undefined : make(setting)
}

function beginsWith(texts: OneOrMore): Rule {
  return (text) =>
    [texts].flat().some((one) => text.trimStart().startsWith(one))
      ? undefined
      : `does not begin with ${either(texts)}`
}

function endsIn(texts: OneOrMore): Rule {
  return (text) =>
    [texts].flat().some((one) => text.trimEnd().endsWith(one))
      ? undefined
      : `does not end with ${either(texts)}`
}

function either(texts: OneOrMore): string {
  return [texts]
    .flat()
    .map((text) => quoted(text))
    .join(' or ')
}

function matchesAll(sources: OneOrMore): Rule {
  return (text) => {
    const missing = [sources].flat().filter((source) => !patternOf(source).test(text))
    return missing.length === 0 ? undefined : `does not match ${missing.join(' and ')}`
  }
}

function matchesNone(sources: OneOrMore): Rule {
  return (text) => {
    for (const source of [sources].flat()) {
      const matcher = patternOf(source).matcher(text)
      if (matcher.find()) return `matches ${source}: ${quoted((matcher.group(0) ?? '').slice(0, 200))}`
    }
    return undefined
  }
}

function isOneOf(labels: readonly string[]): Rule {
  return (text) =>
    labels.includes(text.trim())
      ? undefined
      : `is not exactly one of ${labels.join(', ')}: ${quoted(text.slice(0, 200))}`
}

function jsonFault(text: string): string | undefined {
  const read = readJson(text)
  return 'value' in read ? undefined : `is not JSON and nothing else: ${read.fault.says}`
}

function markdownFault(text: string): string | undefined {
  const marks = markdownIn(text)
  return marks.length === 0 ? undefined : `has ${marks.join(', ')}, where plain text was asked for`
}

function within({ min = 0, max = Infinity }: Bounds, unit: string, countIn: (text: string) => number): Rule {
  return (text) => {
    const count = countIn(text)
    if (count >= min && count <= max) return undefined
    const [bound, word] = count < min ? [min, 'at least'] : [max, 'at most']
    return `has ${count} ${unit}${count === 1 ? '' : 's'}, ${word} ${bound} ${bound === 1 ? 'was' : 'were'} asked for`
  }
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
}

function bulletsOf(text: string): number {
  return linesOf(text).filter((line) => BULLET.test(line)).length
}

function without(partOf: (text: string) => string | undefined, verb: string): Rule {
  return (text) => {
    const part = partOf(text)
    return part === undefined ? undefined : `${verb}: ${quoted(part.slice(0, 200))}`
  }
}
