import type { Profile } from '../profile.ts'
import { softmax } from '../random.ts'
import { conceptOf, priorLogit } from '../prior/concepts.ts'
import type { Features } from './features.ts'
import { perceive } from './features.ts'
import type { Rarity } from './similarity.ts'
import { cosine, rarityOf, similarity } from './similarity.ts'

/** An input and the answer the prompt shows for it. */
export interface Example {
  readonly input: string
  readonly output: string
}

/** What the answers to choose from are, and what the prompt says of each. */
export interface LabelSet {
  readonly labels: readonly string[]
  /** By label, where the prompt defines it. */
  readonly definitions: ReadonlyMap<string, string>
}

/** One logit per label for a text. */
export type Classifier = (text: string) => number[]

const DEFINITION_WEIGHT = 4
const EVERY_GRAM_ALIKE: Rarity = new Map()

/**
 * Learns from the examples of one prompt by functional gradient descent from the prior: every example pulls texts like
 * itself towards its label, as far as the prior had been wrong about it. Wrong labels therefore pull the wrong way.
 */
export function learn(labelSet: LabelSet, examples: readonly Example[], profile: Profile): Classifier {
  const prior = priorOf(labelSet, profile)
  const shown = examples
    .map(({ input, output }) => ({
      features: perceive(input, profile),
      answer: labelSet.labels.indexOf(output),
    }))
    .filter(({ answer }) => answer !== -1)
  const rarity = rarityOf(shown.map(({ features }) => features))
  const priors = shown.map(({ features }) => prior(features))
  const alike = shown.map((one) => shown.map((other) => similarity(one.features, other.features, rarity)))
  const pulls = shown.map(() => labelSet.labels.map(() => 0))
  for (let step = 0; step < profile.learningSteps; step++) {
    const believed = priors.map((logits, index) => softmax(pulled(logits, alike[index] ?? [], pulls)))
    for (const [index, { answer }] of shown.entries()) {
      const pull = pulls[index] ?? []
      for (const [label, belief] of (believed[index] ?? []).entries()) {
        pull[label] = (pull[label] ?? 0) + profile.learningRate * ((label === answer ? 1 : 0) - belief)
      }
    }
  }
  return (text) => {
    const features = perceive(text, profile)
    const closeness = shown.map((example) => similarity(features, example.features, rarity))
    return pulled(prior(features), closeness, pulls)
  }
}

function pulled(
  logits: readonly number[],
  closeness: readonly number[],
  pulls: readonly (readonly number[])[],
): number[] {
  return logits.map((logit, label) =>
    closeness.reduce((sum, close, index) => sum + close * (pulls[index]?.[label] ?? 0), logit),
  )
}

/**
 * What the labels mean before any example: a feeling, or else likeness to the label's name and definition. Of options that are defined
 * one by one the earlier ones are preferred, as far as the profile is given to it.
 */
function priorOf(labelSet: LabelSet, profile: Profile): (features: Features) => number[] {
  const last = Math.max(1, labelSet.labels.length - 1)
  const meanings = labelSet.labels.map((label, index) => {
    const written = labelSet.definitions.get(label)
    const definition = perceive(`${label} ${written ?? ''}`, profile)
    const ahead = written === undefined ? 0 : profile.firstOptionPull * (1 - index / last)
    return { concept: conceptOf(label), definition, ahead }
  })
  return (features) =>
    meanings.map(({ concept, definition, ahead }) =>
      concept === undefined
        ? DEFINITION_WEIGHT * cosine(features.grams, definition.grams, EVERY_GRAM_ALIKE) + ahead
        : priorLogit(concept, features.mood),
    )
}
