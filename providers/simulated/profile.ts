/** What makes one simulated model abler, slower or dearer than another. */
export interface Profile {
  /** As it is called and billed. */
  readonly model: ModelName
  /** Whose knowledge it has: a quantised copy knows what its original does. */
  readonly name: ProfileName
  /** Prompt and reply together, in tokens. */
  readonly contextWindow: number
  /** Share of the general vocabulary it knows, and of that of other languages. */
  readonly vocabulary: number
  readonly otherLanguages: number
  /** How far its idea of a word's mood is off: standard deviation, relative. */
  readonly misjudgement: number
  /** How many words a negation reaches. */
  readonly negationReach: number
  /** How much of the mood of quoted and forwarded text it takes for the writer's own: 0 is none of it. */
  readonly quoteLeak: number
  /** How much of a courtesy ("many thanks in advance") it takes for feeling. */
  readonly courtesyLeak: number
  /** How well it hears irony: 0 is not at all. */
  readonly ironyEar: number
  /** Step length and number of steps with which it takes in the examples of a prompt. */
  readonly learningRate: number
  readonly learningSteps: number
  /** How much the first of several defined options is preferred to the last before any example, as a logit. */
  readonly firstOptionPull: number
  /** Sharpness of its decisions: logits are multiplied by it before sampling. */
  readonly confidence: number
  /** How much attention is lost in the middle of a long context, from 0 to 1. */
  readonly middleFade: number
  /** Relevance under which it sees that a context holds no answer. */
  readonly declineBelow: number
  /** Chance to overlook a detail that is asked for. */
  readonly oversight: number
  /** Chance to notice that a text takes a date or a sum back. */
  readonly heedsRevocation: number
  /** Chance to get a figure or a negation wrong when it restates a sentence, and half of it to cite the clause before the right one. */
  readonly slips: number
  /** Chance to keep to an output format that is only described, and to one that examples show. */
  readonly formatTold: number
  readonly formatShown: number
  /** Chance to follow an instruction found inside data, and the same once the prompt warns of it. */
  readonly gullibility: number
  readonly gullibilityWarned: number
  /** Relevance from which it calls an offered tool. */
  readonly toolThreshold: number
  /** Medians and log-normal spreads at `timeScale: 1`, in milliseconds. */
  readonly ttftMs: number
  readonly ttftSpread: number
  readonly perTokenMs: number
  readonly perTokenSpread: number
}

export type ProfileName = 'flash' | 'sonnet'
export type ModelName = ProfileName | 'local-q4'

const HOSTED: Readonly<Record<ProfileName, Profile>> = {
  flash: {
    model: 'flash',
    name: 'flash',
    contextWindow: 16_384,
    vocabulary: 0.9,
    otherLanguages: 0.7,
    misjudgement: 0.35,
    negationReach: 1,
    quoteLeak: 0.5,
    courtesyLeak: 0.5,
    ironyEar: 0.1,
    learningRate: 0.25,
    learningSteps: 4,
    firstOptionPull: 0.3,
    confidence: 4,
    middleFade: 0.75,
    declineBelow: 0.22,
    oversight: 0.07,
    heedsRevocation: 0.35,
    slips: 0.2,
    formatTold: 0.96,
    formatShown: 0.985,
    gullibility: 0.6,
    gullibilityWarned: 0.2,
    toolThreshold: 0.3,
    ttftMs: 260,
    ttftSpread: 0.3,
    perTokenMs: 7,
    perTokenSpread: 0.2,
  },
  sonnet: {
    model: 'sonnet',
    name: 'sonnet',
    contextWindow: 65_536,
    vocabulary: 0.98,
    otherLanguages: 0.95,
    misjudgement: 0.1,
    negationReach: 4,
    quoteLeak: 0.05,
    courtesyLeak: 0.05,
    ironyEar: 0.9,
    learningRate: 0.35,
    learningSteps: 8,
    firstOptionPull: 0.1,
    confidence: 4.5,
    middleFade: 0.3,
    declineBelow: 0.3,
    oversight: 0.015,
    heedsRevocation: 0.93,
    slips: 0.06,
    formatTold: 0.99,
    formatShown: 0.998,
    gullibility: 0.2,
    gullibilityWarned: 0.03,
    toolThreshold: 0.25,
    ttftMs: 620,
    ttftSpread: 0.25,
    perTokenMs: 18,
    perTokenSpread: 0.15,
  },
}

export const PROFILES: Readonly<Record<ModelName, Profile>> = {
  ...HOSTED,
  // Flash in four bits on a machine of one's own: the same knowledge, decisions that are less sharp, form that slips more often, and a
  // slower pace.
  'local-q4': {
    ...HOSTED.flash,
    model: 'local-q4',
    contextWindow: 8192,
    confidence: 2.6,
    formatTold: 0.9,
    formatShown: 0.96,
    ttftMs: 420,
    ttftSpread: 0.15,
    perTokenMs: 31,
    perTokenSpread: 0.1,
  },
}
