import { readDemands } from './demands.ts'
import { readMessages } from './messages.ts'
import { readSections } from './sections.ts'

/** A prompt that asks for a verdict on an answer, or on two of them. */
export interface Judging {
  /** What is judged: one answer, or the first and the second. */
  readonly answers: readonly string[]
  readonly question: string
  readonly reference: string
  /** From worst to best; of a comparison there may be none. */
  readonly levels: readonly { readonly level: number; readonly anchor: string }[]
  readonly criterion: string
  /** The key its verdict goes under: `level`, `winner`, … */
  readonly key: string
  /** It says that instructions inside the data are not to be followed. */
  readonly warned: boolean
}

const VERDICT = /["'](level|score|rating|grade|winner)["']\s*:\s*([^\n}]*)/i
const LEVEL = /^[ \t]*(?:[-*•] )?(?:level |score )?(\d{1,2})(?:(?:[:.)]|[ \t]*[–—=-])[ \t]+(\S.*))?[ \t]*$/gim
const CRITERION = /^(?:criterion|criteria|rubric)\s*:\s*(.+)$/im

/** Undefined where a prompt asks for anything else: no JSON verdict, no answer in a block of its own, nothing to grade by. */
export function readJudging(prompt: string): Judging | undefined {
  if (!VERDICT.test(prompt)) return undefined
  const turns = readMessages(prompt)
  const system = turns.filter(({ role }) => role === 'system').map(({ text }) => text)
  const asked = turns.findLast(({ role }) => role === 'user')?.text ?? ''
  const blocks = readSections(asked).filter(({ kind }) => kind === 'block')
  const named = (pattern: RegExp): string | undefined => blocks.find(({ name }) => pattern.test(name))?.text
  let outside = asked
  for (const { start, end } of blocks.toReversed()) outside = outside.slice(0, start) + outside.slice(end)
  const instruction = [...system, outside].join('\n')
  const verdict = VERDICT.exec(instruction)
  if (verdict === null) return undefined
  const key = verdict[1] ?? ''
  const answers =
    key.toLowerCase() === 'winner'
      ? [
          named(/^(?:first|answer[-_ ]?a|response[-_ ]?a)\b/),
          named(/^(?:second|answer[-_ ]?b|response[-_ ]?b)\b/),
        ]
      : [named(/^(?:answer|response|reply|submission|output)\b/)]
  const levels = levelsOf(instruction, verdict[2] ?? '')
  const given = answers.filter((answer) => answer !== undefined)
  if (given.length < answers.length || (answers.length === 1 && levels.length < 2)) return undefined
  return {
    answers: given,
    question: named(/^(?:question|query|request)\b/) ?? '',
    reference: named(/^(?:reference|ideal|expert|expected|gold)\b/) ?? '',
    levels,
    criterion: CRITERION.exec(instruction)?.[1] ?? '',
    key,
    warned: readDemands(instruction).warned,
  }
}

/** One a line, with what each looks like where that is said; else as the verdict's example names them. */
function levelsOf(instruction: string, example: string): Judging['levels'] {
  const listed = Array.from(instruction.matchAll(LEVEL), ([, level, anchor = '']) => ({
    level: Number(level),
    anchor,
  }))
  const named = (example.match(/\d+/g) ?? []).map((level) => ({ level: Number(level), anchor: '' }))
  return (listed.length > 1 ? listed : named).toSorted((a, b) => a.level - b.level)
}
