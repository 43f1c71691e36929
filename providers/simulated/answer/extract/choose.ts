import type { Example } from '../../learn/classifier.ts'
import { learn } from '../../learn/classifier.ts'
import type { Choice, Field } from '../../prompt/form/shape.ts'
import { parseObject } from '../../prompt/form/objects.ts'
import { sample } from '../../random.ts'
import type { Setting } from '../reply.ts'
import { fitOf } from './label-fit.ts'
import { leaning } from './lessons.ts'
import type { Passage } from './passages.ts'

/** Fit from which a passage is taken to speak of a choice. */
const ENOUGH = 0.75
const ENOUGH_DESCRIBED = 0.66
const NOISE = 0.35

/** Every choice that one of the passages speaks of, in the order of the choices. */
export function chooseAll(
  field: Field,
  choices: readonly Choice[],
  passages: readonly Passage[],
  examples: readonly Example[],
  { profile, random, temperature }: Setting,
): string[] {
  const chosen = choices.filter((choice) => {
    const enough = choice.description === '' ? ENOUGH : ENOUGH_DESCRIBED
    return passages.some((passage) => {
      const fit = fitOf(choice, passage, profile)
      if (fit === 0) return false
      const taught = 2 * profile.learningRate * leaning(choice, field.name, passage, examples, profile)
      const noise = NOISE * profile.misjudgement * temperature * random.normal()
      return fit + taught + noise * Math.min(1, fit) >= enough && !random.chance(profile.oversight)
    })
  })
  return chosen.map(({ value }) => value)
}

/** The one choice that fits a text best, by what its name means and what the examples teach. */
export function chooseOne(
  field: Field,
  choices: readonly Choice[],
  text: string,
  examples: readonly Example[],
  { profile, random, temperature }: Setting,
): string | undefined {
  const labels = choices.map(({ value }) => value)
  const definitions = new Map(
    choices
      .filter(({ description }) => description !== '')
      .map(({ value, description }) => [value, description]),
  )
  const taught = examples.flatMap(({ input, output }) => {
    const value = parseObject(output)?.[field.name]
    return typeof value === 'string' ? [{ input, output: value }] : []
  })
  const logits = learn({ labels, definitions }, taught, profile)(text)
  return labels[
    sample(
      logits.map((logit) => profile.confidence * logit),
      temperature,
      random,
    )
  ]
}
