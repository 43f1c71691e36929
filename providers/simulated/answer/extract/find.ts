import type { Field } from '../../prompt/form/shape.ts'
import type { Setting } from '../reply.ts'
import type { Kind } from './kinds.ts'
import { FINDERS } from './kinds.ts'
import type { Mention } from './mention.ts'
import type { Passage } from './passages.ts'
import { askedFor, relevanceOf } from './relevance.ts'
import { isRevoked } from './revoked.ts'

interface Found {
  readonly mention: Mention
  readonly relevance: number
}

/** Relevance from which a detail is taken to be the one asked for: more is wanted where the prompt describes it. */
const ENOUGH_NAMED = 0.3
const ENOUGH_DESCRIBED = 0.52
const NOISE = 0.35

/**
 * The detail that fits a field best, if one fits.
 * @param isOut what it must not be: a correction did not accept it
 */
export function findOne(
  field: Field,
  kind: Kind,
  passages: readonly Passage[],
  setting: Setting,
  isOut: (mention: Mention) => boolean,
): Mention | undefined {
  const enough = field.description === '' ? ENOUGH_NAMED : ENOUGH_DESCRIBED
  let best: Found | undefined
  for (const found of findEach(field, kind, passages, setting)) {
    if (found.relevance < enough || isOut(found.mention)) continue
    if (best === undefined || found.relevance > best.relevance) best = found
  }
  return best?.mention
}

/** Every detail of a kind that fits a field, each once. */
export function findAll(field: Field, kind: Kind, passages: readonly Passage[], setting: Setting): Mention[] {
  const enough = field.description === '' ? ENOUGH_NAMED : ENOUGH_DESCRIBED
  const fitting = findEach(field, kind, passages, setting).filter(({ relevance }) => relevance >= enough)
  return [...new Map(fitting.map(({ mention }) => [keyOf(mention), mention])).values()]
}

function findEach(field: Field, kind: Kind, passages: readonly Passage[], setting: Setting): Found[] {
  const { profile, random, temperature } = setting
  const asked = askedFor(field, kind)
  return passages.flatMap((passage) =>
    FINDERS[kind](passage.text).flatMap((mention) => {
      if (random.chance(profile.oversight)) return []
      if (isRevoked(passage.text, mention) && random.chance(profile.heedsRevocation)) return []
      const noise = NOISE * profile.misjudgement * temperature * random.normal()
      return [{ mention, relevance: relevanceOf(mention, passage, asked, profile) + noise }]
    }),
  )
}

function keyOf({ bare, iso, number, unit }: Mention): string {
  return iso ?? (number === undefined ? bare.toLowerCase() : `${number} ${unit ?? ''}`)
}
