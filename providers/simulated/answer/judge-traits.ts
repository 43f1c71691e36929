import type { ProfileName } from '../profile.ts'

/** What makes one simulated model a better judge than another. */
export interface JudgeTraits {
  /** Standard deviation of what it takes an answer's coverage for, with anchors to hold on to and without. */
  readonly blur: number
  readonly blurUnanchored: number
  /** Chance to see that a number or a negation contradicts the reference. */
  readonly vigilance: number
  /** How much a doubling of length adds to an answer, as a share of the scale, and how much courtesy does. */
  readonly lengthBias: number
  readonly courtesyBias: number
  /** How much standing first adds in a comparison. */
  readonly firstBias: number
  /** What it adds to everything where no level says what it looks like. */
  readonly leniency: number
}

/** Share of its biases that is left once levels say what they look like. */
export const BIAS_ANCHORED = 0.3

export const JUDGES: Readonly<Record<ProfileName, JudgeTraits>> = {
  flash: {
    blur: 0.13,
    blurUnanchored: 0.2,
    vigilance: 0.6,
    lengthBias: 0.16,
    courtesyBias: 0.12,
    firstBias: 0.16,
    leniency: 0.12,
  },
  sonnet: {
    blur: 0.06,
    blurUnanchored: 0.12,
    vigilance: 0.93,
    lengthBias: 0.09,
    courtesyBias: 0.06,
    firstBias: 0.06,
    leniency: 0.08,
  },
}
