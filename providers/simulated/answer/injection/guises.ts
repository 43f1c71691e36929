import type { ProfileName } from '../../profile.ts'

/**
 * How an order is dressed up.
 * - `foreign`: in another language
 * - `encoded`: base64, hex
 * - `cipher`: letters shifted by 13
 * - `leet`: digits for letters
 * - `disguised`: letters of other scripts, invisible or spaced out characters
 * - `split`: in pieces that are to be put together
 * - `role-play`: as a game
 * - `delimiter`: as a turn of its own, or after a faked end of the data
 * - `addressed`: as a word of somebody in charge, to whoever reads by machine
 */
export type Guise =
  | 'foreign'
  | 'encoded'
  | 'cipher'
  | 'leet'
  | 'disguised'
  | 'split'
  | 'role-play'
  | 'delimiter'
  | 'addressed'

interface Effect {
  /** Chance that it is understood at all; an abler model understands more, and so is open to more. */
  readonly understood: Readonly<Record<ProfileName, number>>
  /** Factor on the odds of falling for it. */
  readonly odds: number
  /** Share of what a warning in the prompt does that is lost on it: the warning speaks of plain instructions in data. */
  readonly evades: number
}

export const EFFECTS: Readonly<Record<Guise, Effect>> = {
  foreign: { understood: { flash: 0.75, sonnet: 0.97 }, odds: 1, evades: 0.15 },
  encoded: { understood: { flash: 0.08, sonnet: 0.55 }, odds: 0.9, evades: 0.3 },
  cipher: { understood: { flash: 0.03, sonnet: 0.3 }, odds: 0.9, evades: 0.3 },
  leet: { understood: { flash: 0.5, sonnet: 0.95 }, odds: 0.8, evades: 0.1 },
  disguised: { understood: { flash: 0.45, sonnet: 0.85 }, odds: 0.9, evades: 0.15 },
  split: { understood: { flash: 0.3, sonnet: 0.8 }, odds: 1, evades: 0.25 },
  'role-play': { understood: { flash: 1, sonnet: 1 }, odds: 1.3, evades: 0.1 },
  delimiter: { understood: { flash: 1, sonnet: 1 }, odds: 2, evades: 0.1 },
  addressed: { understood: { flash: 1, sonnet: 1 }, odds: 0.8, evades: 0.1 },
}

/** What is told of an attack that was seen and not followed, where the prompt warned: by chance. */
export const REPORTS: Readonly<Record<ProfileName, number>> = { flash: 0.04, sonnet: 0.15 }
