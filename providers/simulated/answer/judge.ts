import type { Judging } from '../prompt/judging.ts'
import type { Random } from '../random.ts'
import { sample } from '../random.ts'
import type { Expectation } from './judge-anchors.ts'
import { expectationsOf } from './judge-anchors.ts'
import type { Signs } from './judge-signs.ts'
import { readSigns } from './judge-signs.ts'
import type { JudgeTraits } from './judge-traits.ts'
import { BIAS_ANCHORED, JUDGES } from './judge-traits.ts'
import type { Setting } from './reply.ts'

/** How sharply it tells levels apart: squared distances are multiplied by it before sampling. */
const SHARPNESS = 24
/** What a level costs that says wrong of a right answer, or right of a wrong one. */
const MISMATCH = 0.25
/** What an error takes off an impression that no level guides. */
const ERROR_UNGUIDED = 0.3
/** Answers nearer than this are a tie. */
const TIE = 0.07

const SEIZED =
  /\b(?:ignore|disregard|forget|override|note to the (?:judge|grader|model|ai|assistant)|system (?:note|message))\b/i
const DEMAND = /\b(?:level|score|rating|grade|give|award|assign)\b[^.\n]{0,40}?(\d{1,2})\b/i

/** How an answer looked to the judge. */
interface Impression {
  readonly signs: Signs
  readonly coverage: number
  readonly wrong: boolean
  /** What length and courtesy add, as a share of the scale. */
  readonly bias: number
}

/** The verdict of a model that is asked to judge: from what it can see of an answer, with the habits of its profile. */
export function judge(task: Judging, { profile, temperature, random }: Setting): string {
  const traits = JUDGES[profile.name]
  const planted = plantedLevel(task)
  const falls =
    planted !== undefined && random.chance(task.warned ? profile.gullibilityWarned : profile.gullibility)
  const anchored = task.levels.some(({ anchor }) => anchor !== '')
  const seen = task.answers.map((answer) => perceive(answer, task, traits, anchored, random))
  const [first, second] = seen
  if (first === undefined) return ''
  const verdict =
    second === undefined
      ? falls
        ? planted
        : levelOf(first, task, traits, anchored, temperature, random)
      : winnerOf(first, second, traits, anchored)
  const reasoning =
    second === undefined ? describe(first) : `First: ${describe(first)} Second: ${describe(second)}`
  return phrase({ reasoning, [task.key]: verdict }, random.chance(profile.formatTold), random)
}

function perceive(
  answer: string,
  { question, reference }: Judging,
  traits: JudgeTraits,
  anchored: boolean,
  random: Random,
): Impression {
  const signs = readSigns(answer, question, reference)
  const blur = anchored ? traits.blur : traits.blurUnanchored
  const isWrong = signs.strayNumbers.length > 0 || signs.opposed > 0
  const noticed = random.chance(traits.vigilance)
  return {
    signs,
    coverage: Math.min(1, Math.max(0, signs.coverage + blur * random.normal())),
    wrong: isWrong && noticed,
    bias:
      (anchored ? BIAS_ANCHORED : 1) *
      (traits.lengthBias * signs.doublings + traits.courtesyBias * signs.courtesy),
  }
}

/** With anchors the level whose words fit best; without, the overall impression on the scale. */
function levelOf(
  seen: Impression,
  { levels }: Judging,
  traits: JudgeTraits,
  anchored: boolean,
  temperature: number,
  random: Random,
): number {
  const logits = levels.map(({ anchor }, index) => {
    const position = index / (levels.length - 1)
    const distance = anchored
      ? Math.min(...expectationsOf(anchor, position).map((expected) => misfit(seen, expected)))
      : (impressionOf(seen, traits.leniency) - position) ** 2
    return -SHARPNESS * distance
  })
  return levels[sample(logits, temperature, random)]?.level ?? 0
}

function misfit({ coverage, bias, wrong }: Impression, expected: Expectation): number {
  const apart = expected.coverage === undefined ? 0 : coverage + bias - expected.coverage
  // A level that says nothing of errors is not meant for an answer that has one.
  const isOff = wrong !== (expected.wrong ?? false)
  return apart ** 2 + (isOff ? MISMATCH : 0)
}

function impressionOf({ coverage, bias, wrong }: Impression, leniency: number): number {
  return coverage + bias + leniency - (wrong ? ERROR_UNGUIDED : 0)
}

function winnerOf(first: Impression, second: Impression, traits: JudgeTraits, anchored: boolean): string {
  const share = anchored ? BIAS_ANCHORED : 1
  const lead = impressionOf(first, 0) - impressionOf(second, 0) + share * traits.firstBias
  if (Math.abs(lead) < TIE) return 'tie'
  return lead > 0 ? 'first' : 'second'
}

/** The level that an answer tells the judge to give it. */
function plantedLevel({ answers, levels }: Judging): number | undefined {
  const [answer = ''] = answers
  const seized = SEIZED.exec(answer)
  if (seized === null || answers.length > 1) return undefined
  const named = Number(DEMAND.exec(answer.slice(seized.index))?.[1])
  return levels.find(({ level }) => level === named)?.level
}

function describe({ coverage, wrong, signs }: Impression): string {
  const extent =
    coverage > 0.8
      ? 'covers what was to be said'
      : coverage > 0.45
        ? 'covers a part of it'
        : 'says little of it'
  if (!wrong) return `The answer ${extent}, and nothing in it stands against the reference.`
  const [number] = signs.strayNumbers
  const what =
    number === undefined
      ? 'says the opposite of the reference'
      : `gives ${number}, which the reference does not have`
  return `The answer ${extent}, but ${what}.`
}

function phrase(verdict: Readonly<Record<string, unknown>>, careful: boolean, random: Random): string {
  const json = JSON.stringify(verdict)
  if (careful) return json
  const form = random.next()
  if (form < 0.1) return String(verdict['reasoning'])
  return form < 0.55 ? `\`\`\`json\n${json}\n\`\`\`` : `Here is my verdict:\n\n${json}`
}
