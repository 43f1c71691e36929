import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import { readConfig } from './length/config.ts'
import type { Bounds, Unit } from './length/config.ts'
import { COUNTS } from './length/count.ts'
import { replyText } from './shared/reply-text.ts'
import { failed, passed } from './shared/verdict.ts'

/**
 * Whether the reply is as long as was asked for: characters, words, sentences, lines or tokens within bounds that are inclusive. Score 0 to 1: 1
 * inside; n/min below; 2 − n/max above, 0 from twice the maximum on; the lowest of several units.
 *
 * It can be wrong: words of scripts without spaces are counted by character, sentences by Unicode's rules and the full stops of known abbreviations,
 * tokens by one encoding whatever the model's own.
 */
export default async function length(output: unknown, context: CheckContext): Promise<CheckVerdict> {
  const units = readConfig(context.config ?? {})
  const text = replyText(output)
  if (text.trim() === '') return failed('the reply is empty')
  const counted = await Promise.all(
    units.map(async ([unit, bounds]) => ({ unit, bounds, count: await COUNTS[unit](text) })),
  )
  const score = Math.min(...counted.map(({ count, bounds }) => scoreOf(count, bounds)))
  const outside = counted.filter(({ count, bounds }) => scoreOf(count, bounds) < 1)
  if (outside.length === 0) return passed(counted.map(({ unit, count }) => counts(count, unit)).join(', '))
  const told = outside.map(({ unit, count, bounds }) => `has ${counts(count, unit)}, ${asked(count, bounds)}`)
  return failed(`the reply ${told.join('; ')}`, score)
}

export const configure: Configure = (config) => {
  readConfig(config)
  return {}
}

function scoreOf(count: number, { min = 0, max = Infinity }: Bounds): number {
  if (count < min) return count / min
  return count > max ? Math.max(0, 2 - count / max) : 1
}

function asked(count: number, { min = 0, max = Infinity }: Bounds): string {
  const [bound, word] = count < min ? [min, 'at least'] : [max, 'at most']
  return `${word} ${bound} ${bound === 1 ? 'was' : 'were'} asked for`
}

function counts(count: number, unit: Unit): string {
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`
}
