/** What an answer of a level looks like, as far as the words of its anchor tell; undefined for what they leave open. */
export interface Expectation {
  /** 0 to 1. */
  readonly coverage: number | undefined
  /** Whether it says something wrong. */
  readonly wrong: boolean | undefined
}

const NOTHING =
  /\b(?:does not answer|do not answer|doesn['’]t answer|no answer|off[- ]topic|irrelevant|evades?|avoids|nothing (?:useful|of))\b/i
const SOME =
  /\b(?:part(?:ly|ial(?:ly)?)?|some|incomplete|vague|only|lacks?|missing|leaves out|misses|half)\b/i
const MOST = /\b(?:most(?:ly)?|nearly|almost|minor|small|a detail|secondary)\b/i
const ALL = /\b(?:complete(?:ly)?|full(?:y)?|every|everything|all|whole|entire(?:ly)?|thorough(?:ly)?)\b/i
const WRONG =
  /\b(?:wrong|incorrect|false|contradicts?|inaccurate|misleads?|misleading|untrue|invents?|errors?)\b/i
const RIGHT =
  /\b(?:correct|right|accurate|true|(?:nothing|not|no|without)\b[^.,;]{0,20}\b(?:wrong|incorrect|errors?|contradicts?|misleading))\b/i

/**
 * An anchor may name two kinds of answer, "wrong, or no answer at all": each is one expectation, and either will do.
 * @param position of the level on its scale, from 0 to 1: what its anchor leaves open goes by that
 */
export function expectationsOf(anchor: string, position: number): readonly Expectation[] {
  const isWrong = WRONG.test(anchor) && !RIGHT.test(anchor)
  if (isWrong && NOTHING.test(anchor))
    return [
      { coverage: undefined, wrong: true },
      { coverage: 0, wrong: undefined },
    ]
  const wrong = RIGHT.test(anchor) ? false : isWrong ? true : undefined
  return [{ coverage: coverageOf(anchor) ?? 0.05 + 0.9 * position, wrong }]
}

function coverageOf(anchor: string): number | undefined {
  if (MOST.test(anchor)) return 0.7
  if (SOME.test(anchor)) return 0.35
  if (ALL.test(anchor)) return 1
  return NOTHING.test(anchor) ? 0 : undefined
}
