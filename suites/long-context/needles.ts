import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A fact that a context is to hold once, the question it answers, and sentences that only resemble it. */
export interface Needle {
  readonly id: string
  readonly sentence: string
  readonly question: string
  readonly answer: string
  /** The answer that the first distractor suggests. */
  readonly wrong: string
  readonly distractors: readonly string[]
}

const file = fileURLToPath(new URL('needles.json', import.meta.url))

export const NEEDLES = JSON.parse(readFileSync(file, 'utf8')) as readonly Needle[]

/** @throws Error for an id that there is none of */
export function needleOf(id: unknown): Needle {
  const found = NEEDLES.find((needle) => needle.id === id)
  if (found === undefined) throw new Error(`there is no needle ${JSON.stringify(id)}`)
  return found
}
