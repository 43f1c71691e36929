import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import type { AnswerEvidence } from '../harness/model/evidence.ts'
import type { Config } from './consistency/config.ts'
import { readConfig, relationOf } from './consistency/config.ts'
import { checkWritten } from './consistency/written.ts'
import type { Way } from './consistency/reduce.ts'
import { reduced, reducedAsWritten, wayIn } from './consistency/reduce.ts'
import { fromVars } from './shared/from-vars.ts'
import { failed, passed } from './shared/verdict.ts'

/**
 * Whether a reply has an answer that can be compared with those to other cases of its group: paraphrases, options in another order, and
 * whatever relation the suite declares (a negated question maps yes to no). Score 1 or 0; with `expected`, whether the answer is the right
 * one. A single reply is not consistent or inconsistent: that is seen in the whole run, where the evidence makes agreement over repeats,
 * over the variants of a group, and of each relation with the group's original.
 *
 * It can be wrong: replies that mean the same in other words differ by `exact` and `text`; a number in words is none; models that are wrong
 * alike agree perfectly.
 *
 * @throws where it cannot judge: a variable is missing, a relation is not declared, the expected answer is none
 */
export default function consistency(output: unknown, context: CheckContext): CheckVerdict {
  const { vars } = context
  const config = readConfig(context.config ?? {})
  const group = textOf(config.group, 'group', context)
  const relation = textOf(config.relation, 'relation', context)
  const change = relationOf(config, relation)
  const way = wayOf(config, context)
  const expected =
    config.expected === undefined ? undefined : expectedOf(fromVars(config.expected, vars), way)
  const found = reduced(output, way)
  if ('problem' in found) return failed(found.problem, 0, besides(group, relation, null))
  const { answer } = found
  const compared = change === 'same' ? answer : mapped(answer, change.map, way)
  const seen = besides(group, relation, compared)
  if (expected === undefined) return passed(`answers ${answer}`, 1, seen)
  return answer === expected
    ? passed(`answers ${answer}, as expected`, 1, seen)
    : failed(`answers ${answer}; ${expected} was expected`, 0, seen)
}

export const configure: Configure = (config) => {
  checkWritten(readConfig(config))
  return {}
}

function besides(group: string, relation: string, answer: string | null) {
  const evidence: AnswerEvidence = { kind: 'answer', group, relation, answer }
  return { metadata: { evidence } }
}

function textOf(written: string, name: string, { vars }: CheckContext): string {
  const value = fromVars(written, vars)
  if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') return String(value)
  throw new Error(`consistency: the case has no text for config.${name}, but ${JSON.stringify(value)}`)
}

function wayOf(config: Config, { vars }: CheckContext): Way {
  const way = wayIn(config)
  if (config.options === undefined) return way
  const list: unknown = fromVars(config.options, vars)
  // promptfoo takes a list of texts in a case's vars for several cases: a case hands over one text, a line each.
  const shown = typeof list === 'string' ? list.split('\n').map(withoutMarker).filter(Boolean) : list
  if (Array.isArray(shown) && shown.length > 1 && shown.every((option) => typeof option === 'string'))
    return { ...way, options: shown }
  throw new Error(`consistency: expected at least two options, got ${JSON.stringify(list)}`)
}

function withoutMarker(line: string): string {
  return line.replace(/^\s*(?:[-*•]|\(?(?:[A-Za-z]|\d{1,2})[.):])\s+/, '').trim()
}

function expectedOf(value: unknown, way: Way): string {
  const found = value === null ? { problem: 'it is null' } : reducedAsWritten(value, way)
  if ('answer' in found) return found.answer
  throw new Error(`consistency: the expected answer cannot be compared: ${found.problem}`)
}

/** An answer that the map does not name stays what it is. */
function mapped(answer: string, map: Readonly<Record<string, string | number | boolean>>, way: Way): string {
  for (const [from, to] of Object.entries(map)) {
    const key = reducedAsWritten(from, way)
    if (answer !== from && !('answer' in key && key.answer === answer)) continue
    const other = reducedAsWritten(to, way)
    return 'answer' in other ? other.answer : String(to)
  }
  return answer
}
