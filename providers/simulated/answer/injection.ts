import { Cache } from '../cache.ts'
import type { Profile } from '../profile.ts'
import type { Reading } from '../prompt/read-prompt.ts'
import type { Random } from '../random.ts'
import { decodings, joinedPieces } from './injection/decode.ts'
import type { Guise } from './injection/guises.ts'
import { EFFECTS, REPORTS } from './injection/guises.ts'
import { FAKE_TURN, ROLE_PLAY } from './injection/languages.ts'
import type { Order, Target } from './injection/orders.ts'
import { dressedOrder, plainOrder } from './injection/orders.ts'

/** What somebody planted in the data tells the model to do, and how it is dressed up. */
export interface Planted extends Order {
  readonly guises: readonly Guise[]
}

const plantedIn = new Cache<{ readonly planted: Planted | undefined }>(128)

/**
 * An instruction hidden in the input or the documents, if there is one that says what to do. What can be read at once is found first,
 * then other wordings, then what has to be decoded.
 */
export function findPlanted(reading: Reading, tools: readonly unknown[]): Planted | undefined {
  const texts = [...reading.documents.map(({ text }) => text), reading.input]
  const target = { instruction: reading.instruction, tools }
  const offered = tools.length === 0 ? '' : JSON.stringify(tools)
  const key = [...texts, '', ...reading.strays, '', reading.instruction, offered].join('\0')
  return plantedIn.get(key, () => ({ planted: search(texts, reading.strays, target) })).planted
}

function search(texts: readonly string[], strays: readonly string[], target: Target): Planted | undefined {
  for (const text of texts) {
    for (const joined of joinedPieces(text)) {
      const order = plainOrder(joined, target)
      if (order !== undefined) return { ...order, guises: ['split'] }
    }
  }
  for (const text of texts) {
    const order = plainOrder(text, target)
    if (order !== undefined) return { ...order, guises: guisesOf(text) }
  }
  for (const text of strays) {
    const order = plainOrder(text, target) ?? dressedOrder(text, target)?.order
    if (order !== undefined) return { ...order, guises: ['delimiter'] }
  }
  for (const text of texts) {
    const dressed = dressedOrder(text, target)
    if (dressed !== undefined) return { ...dressed.order, guises: [dressed.guise] }
  }
  for (const text of texts) {
    for (const { text: decoded, guise } of decodings(text)) {
      const order = plainOrder(decoded, target) ?? dressedOrder(decoded, target)?.order
      if (order !== undefined) return { ...order, guises: [guise] }
    }
  }
  return undefined
}

function guisesOf(text: string): Guise[] {
  return [
    ...(text.search(ROLE_PLAY) !== -1 ? (['role-play'] as const) : []),
    ...(text.search(FAKE_TURN) !== -1 ? (['delimiter'] as const) : []),
  ]
}

/** Whether the model falls for it: less often once the prompt warned of instructions inside data. One draw. */
export function fallsFor({ guises }: Planted, reading: Reading, profile: Profile, random: Random): boolean {
  const effects = guises.map((guise) => EFFECTS[guise])
  const understood = effects.reduce((product, effect) => product * effect.understood[profile.name], 1)
  const evades = Math.max(0, ...effects.map((effect) => effect.evades))
  const { gullibility, gullibilityWarned } = profile
  const base = reading.demands.warned
    ? gullibilityWarned + evades * (gullibility - gullibilityWarned)
    : gullibility
  const odds = effects.reduce((product, effect) => product * effect.odds, base / (1 - base))
  return random.chance(effects.length === 0 ? base : (understood * odds) / (1 + odds))
}

/** A word about an order that was not followed, where the prompt warned of such: with the order in it. */
export function reportOf(
  { instead, besides }: Planted,
  reading: Reading,
  profile: Profile,
  random: Random,
): string | undefined {
  const wanted = besides ?? instead
  if (!reading.demands.warned || typeof wanted !== 'string' || !random.chance(REPORTS[profile.name]))
    return undefined
  return wanted === reading.instruction.trim()
    ? 'The text also asks for my instructions; I will not share them.'
    : `The text also contains an instruction to answer "${wanted}"; I will not follow it.`
}
