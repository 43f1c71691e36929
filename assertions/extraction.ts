import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import { compare } from './extraction/compare.ts'
import { readConfig } from './extraction/config.ts'
import { evidenceOf, figuresOf } from './extraction/figures.ts'
import { marksOf, reasonOf } from './extraction/reason.ts'
import { treeOf } from './extraction/tree.ts'
import { isTooDeep } from './shared/json-depth.ts'
import { fromVars } from './shared/from-vars.ts'
import { replyJson } from './shared/json.ts'
import { failed, passed } from './shared/verdict.ts'

/**
 * How much of `config.expected` the reply's JSON holds, scalar by scalar: precision, recall, F1, each 0 to 1. The score is F1; it passes at
 * `config.threshold` (1). Values are compared after a normaliser (`config.normalise`), items of lists in any order.
 *
 * It can be wrong: all values weigh the same; a normaliser that takes too much for alike (an Inc. for an Ltd.) or too little (a synonym); a value
 * under another key is both missing and extra. Of JSON in a fence or among words it takes the longest piece, without a penalty: that is `schema`'s.
 *
 * @throws Error where the case has no expected value
 */
export default function extraction(output: unknown, context: CheckContext): CheckVerdict {
  const { expected, rules, threshold } = readConfig(context.config ?? {})
  const wanted = treeOf(expectedValue(fromVars(expected, context.vars)), rules)
  const read = replyJson(output)
  const compared = compare(wanted, 'error' in read ? undefined : treeOf(read.value, rules), rules)
  const figures = 'error' in read ? { precision: 0, recall: 0, f1: 0 } : figuresOf(compared.total)
  const evidence = evidenceOf(compared)
  if ('error' in read) return failed(read.error, 0, { namedScores: figures, metadata: { evidence } })
  const marks = marksOf(compared, output)
  const besides = { namedScores: figures, metadata: marks.length === 0 ? { evidence } : { evidence, marks } }
  const isEnough = figures.f1 >= threshold
  return (isEnough ? passed : failed)(reasonOf(compared), figures.f1, besides)
}

export const configure: Configure = (config) => {
  readConfig(config)
  return {}
}

/** An object or a list; from a CSV it comes as JSON. */
function expectedValue(value: unknown): object {
  let found = value
  if (typeof value === 'string')
    try {
      found = JSON.parse(value)
    } catch (cause) {
      throw new Error('extraction: config.expected is a text that is not JSON', { cause })
    }
  if (typeof found !== 'object' || found === null || isTooDeep(found))
    throw new TypeError('extraction: config.expected must be an object or a list')
  return found
}
