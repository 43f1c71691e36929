import type { Mood } from './mood.ts'

/** What a label stands for, as far as a general vocabulary tells. */
export type Concept = 'positive' | 'negative' | 'neutral' | 'mixed'

const NAMES: Readonly<Record<Concept, RegExp>> = {
  positive: /^(?:positive?|pos|good|happy|satisfied|praise|favou?rable|compliment|thumbs.?up)$/i,
  negative:
    /^(?:negative?|neg|bad|unhappy|angry|dissatisfied|complaint|unfavou?rable|criticism|thumbs.?down)$/i,
  neutral: /^(?:neutral|none|objective|factual|information(?:al)?|indifferent)$/i,
  mixed: /^(?:mixed|both|ambivalent|conflicted|balanced)$/i,
}

const NEUTRAL_READINESS = 0.4
const MIXED_RELUCTANCE = 1.1

/** The feeling a label names, or undefined when it names none. */
export function conceptOf(label: string): Concept | undefined {
  return (Object.keys(NAMES) as Concept[]).find((concept) => NAMES[concept].test(label.trim()))
}

/** The mood on scales from 0 to about 1, so that long texts and short ones compare. */
export interface Feeling {
  readonly glad: number
  readonly cross: number
  /** Near 1 where both sides are felt about as strongly. */
  readonly torn: number
}

export function feelingOf(mood: Mood): Feeling {
  const glad = 1 - Math.exp(-mood.positive / 3)
  const cross = 1 - Math.exp(-mood.negative / 3)
  const less = Math.min(mood.positive, mood.negative)
  const balance = less === 0 ? 0 : (2 * less) / (mood.positive + mood.negative)
  return { glad, cross, torn: balance * (1 - Math.exp(-less / 1.5)) }
}

/**
 * How much a feeling speaks for a concept before any example was seen. Like most models without examples, it is quick to
 * call a text positive or negative, and slow to call it neutral or mixed.
 */
export function priorLogit(concept: Concept, mood: Mood): number {
  return LOGITS[concept](feelingOf(mood), mood.contrasts)
}

const LOGITS: Readonly<Record<Concept, (feeling: Feeling, contrasts: number) => number>> = {
  positive: ({ glad, cross }) => 2 * glad - 2.2 * cross,
  negative: ({ glad, cross }) => 2.2 * cross - 1.6 * glad,
  neutral: ({ glad, cross }) => NEUTRAL_READINESS - 2 * Math.max(glad, cross),
  mixed: ({ torn }, contrasts) => 2.2 * torn + 0.2 * Math.min(2, contrasts) - MIXED_RELUCTANCE,
}
