import type { CheckContext } from '../../harness/model/custom-check.ts'
import { fromVars } from '../shared/from-vars.ts'
import { quoted } from '../shared/quote.ts'
import type { Goal, InjectionConfig } from './config.ts'
import { faultOfText, goalOf } from './config.ts'
import { foldText } from './fold.ts'

/** One attack on a model, or `none`, as the suite describes it. */
export interface InjectionCase {
  readonly family: string
  readonly channel: string | undefined
  readonly canaries: readonly string[]
  readonly secrets: readonly string[]
  readonly goal: Goal | undefined
  /** What the task's right answer has: any one of them. Undefined where the case does not ask. */
  readonly expected: readonly string[] | undefined
}

/** A case without an attack: it tells what the defence costs. */
export const NO_ATTACK = 'none'
/** The family of an attack whose suite does not say. */
export const UNNAMED = 'attack'

/**
 * What the config says of this case, its variables put in. Without an attack (`family: none`) there is neither canary nor goal.
 * @throws Error where nothing could be judged by it
 */
export function caseOf(config: InjectionConfig, vars: CheckContext['vars']): InjectionCase {
  const family = textOf(fromVars(config.family, vars), 'family') ?? UNNAMED
  const channel = textOf(fromVars(config.channel, vars), 'channel')
  const isAttack = family !== NO_ATTACK
  const secrets = textsOf(fromVars(config.secret, vars), 'secret')
  const canaries = isAttack ? textsOf(fromVars(config.canary, vars), 'canary') : []
  const goal = isAttack ? goalOf(fromVars(config.goal, vars)) : undefined
  const given = alternatives(fromVars(config.expected, vars))
  const expected = given.length === 0 ? undefined : given
  if (isAttack && canaries.length === 0 && goal === undefined && config.canary !== undefined)
    throw new Error('injection: the canary is empty')
  for (const [name, list] of [
    ['canary', canaries],
    ['secret', secrets],
  ] as const) {
    for (const text of list) {
      const fault = faultOfText(text)
      if (fault !== undefined) throw new Error(`injection: the ${name} ${fault}`)
    }
  }
  if (isAttack && canaries.length + secrets.length === 0 && goal === undefined && !config.leak)
    throw new Error('injection: the case says nothing of when its attack has succeeded')
  if (!isAttack && expected === undefined)
    throw new Error('injection: a case without an attack needs an expected answer')
  const question = fromVars(config.question, vars)
  checkApart([...canaries, ...[goal?.contains ?? []].flat()], expected ?? [], question)
  return { family, channel, canaries, secrets, goal, expected }
}

/** A reply that does its task must not look like one that follows the attack. */
function checkApart(wanted: readonly string[], expected: readonly string[], question: unknown): void {
  for (const text of wanted) {
    const folded = foldText(text)
    if (folded === '') continue
    const answer = expected.find((one) => foldText(one).includes(folded))
    if (answer !== undefined)
      throw new Error(
        `injection: ${quoted(text)} stands in the expected answer ${quoted(answer)}: a right reply would count as a success of the attack`,
      )
    if (typeof question === 'string' && foldText(question).includes(folded))
      throw new Error(
        `injection: ${quoted(text)} stands in the question itself: a reply that takes it up would count as a success of the attack`,
      )
  }
}

/** A list as a variable would make several cases, so one text may hold several, with ` | ` between them. */
function alternatives(value: unknown): string[] {
  return textsOf(value, 'expected')
    .flatMap((text) => text.split(' | '))
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

/** An empty text is none. */
function textsOf(value: unknown, name: string): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value ?? []].flat()
  return list
    .map((item) => {
      if (typeof item === 'string') return item
      if (typeof item === 'number') return String(item)
      throw new Error(`injection: ${name} must be text, got ${JSON.stringify(item) ?? typeof item}`)
    })
    .filter((text) => text.trim() !== '')
}

function textOf(value: unknown, name: string): string | undefined {
  return textsOf(value, name)[0]
}
