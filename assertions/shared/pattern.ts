import { RE2JS } from 're2js'
import { Recent } from './recent.ts'

const compiled = new Recent<RE2JS>(256)

/**
 * A regular expression of a suite, which meets texts that a model wrote: it takes linear time on any of them. It has no look-around and no back
 * references.
 * @throws Error for one that is none
 */
export function patternOf(source: string): RE2JS {
  return compiled.get(source, () => RE2JS.compile(RE2JS.translateRegExp(source)))
}

/** Of every match its first group that took part, the whole match where the pattern has no groups. */
export function matchesOf(source: string, text: string): string[] {
  const matcher = patternOf(source).matcher(text)
  const found: string[] = []
  while (matcher.find()) {
    const groups = Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1))
    const first = groups.length === 0 ? matcher.group(0) : groups.find((group) => group !== null)
    if (first !== undefined && first !== null && first !== '') found.push(first)
  }
  return found
}
