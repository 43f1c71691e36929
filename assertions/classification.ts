import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import type { LabelEvidence } from '../harness/model/evidence.ts'
import type { Answer } from './classification/answer.ts'
import { answerOf } from './classification/answer.ts'
import type { Config } from './classification/config.ts'
import { ABSTAINED, readConfig } from './classification/config.ts'
import { fromVars } from './shared/from-vars.ts'
import { failed, passed } from './shared/verdict.ts'

/**
 * Whether the reply gives the expected label. Score 1 or 0; an abstention where a label was expected fails with `abstainScore`. Labels have
 * synonyms, and are told apart by their look: neither case nor look-alike letters make another label, and the reason says so where it
 * mattered. From the evidence of a run: accuracy, macro-F1, recall by class, confusion matrix, calibration.
 *
 * It can be wrong: without `strict` the one label that a text names is taken, also where the text only mentions it ("nothing about
 * billing here"); of denials only a word right before the label is understood ("not urgent"); two labels in one reply are none, even if
 * one is plainly the answer; a confidence is what the model says of itself.
 *
 * @throws where it cannot judge: the case expects what is none of the labels, or has no such variable
 */
export default function classification(output: unknown, context: CheckContext): CheckVerdict {
  const config = readConfig(context.config ?? {})
  const expected = expectedOf(config, context)
  const answer = answerOf(output, config)
  const evidence = evidenceOf(answer, expected, config)
  const besides = { metadata: { evidence } }
  if ('problem' in answer) return failed(answer.problem, 0, besides)
  const reason = reasonOf(answer, expected)
  if (answer.label === expected) return passed(reason, 1, besides)
  return failed(reason, answer.label === ABSTAINED && config.mayAbstain ? config.abstainScore : 0, besides)
}

export const configure: Configure = (config) => {
  readConfig(config)
  return {}
}

function expectedOf({ expected, answers, labels }: Config, { vars }: CheckContext): string {
  const value = fromVars(expected, vars)
  const isWord = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const found = isWord ? answers.exactly(String(value)) : undefined
  if (found !== undefined) return found.label
  throw new Error(
    `classification: the case expects ${JSON.stringify(value)}, which is none of the labels ${labels.join(', ')}`,
  )
}

function evidenceOf(answer: Answer, expected: string, { mayAbstain }: Config): LabelEvidence {
  const kind = 'label' as const
  const has = 'problem' in answer ? undefined : answer
  const abstained = mayAbstain && has?.label === ABSTAINED
  const predicted = abstained ? null : (has?.label ?? null)
  return {
    kind,
    expected,
    predicted,
    ...(mayAbstain && { abstained }),
    ...(has?.confidence !== undefined && { confidence: has.confidence }),
  }
}

function reasonOf(
  { label, lookalike, remark }: Exclude<Answer, { problem: string }>,
  expected: string,
): string {
  const said = label === ABSTAINED ? 'abstains' : `answers ${label}`
  const wanted = expected === ABSTAINED ? 'an abstention' : expected
  return [
    label === expected ? `${said}, as expected` : `${said}; ${wanted} was expected`,
    lookalike ? 'the label is spelt with look-alike letters' : undefined,
    remark,
  ]
    .filter((part) => part !== undefined)
    .join('; ')
}
