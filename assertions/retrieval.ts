import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import type { RetrievalConfig } from './retrieval/config.ts'
import { readConfig } from './retrieval/config.ts'
import { gradesOf, retrievedIds } from './retrieval/ids.ts'
import { valuesAt } from './retrieval/json-path.ts'
import type { Grades } from './retrieval/metrics.ts'
import {
  averagePrecision,
  distinct,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRank,
} from './retrieval/metrics.ts'
import { readDocuments, usedDocuments } from './retrieval/utilisation.ts'
import { fromVars } from './shared/from-vars.ts'
import { replyJson } from './shared/json.ts'
import { quoted } from './shared/quote.ts'
import { replyText } from './shared/reply-text.ts'
import { failed, passed } from './shared/verdict.ts'

const MISSED_SHOWN = 5

/**
 * How well retrieved document ids (in the reply, in the response's metadata, or in the prompt that a retriever filled) match the relevant
 * ones: recall@k, precision@k, nDCG@k, reciprocal rank, average precision; with `documents`, the share of the relevant ones that the
 * answer uses. Each is 0 to 1, higher is better, and a named score.
 *
 * It can be wrong: relevance judgements that are incomplete punish a retriever for finding what nobody judged; precision@k is capped where
 * fewer than k documents are relevant, recall@k where more are; utilisation compares words, so that a close paraphrase goes unseen and
 * two documents of the same words are not told apart.
 *
 * @throws where it cannot judge: no relevant ids (unless `empty: pass`), a variable or metadata that is not there
 */
export default function retrieval(output: unknown, context: CheckContext): CheckVerdict {
  const config = readConfig(context.config ?? {})
  const grades = gradesOf(fromVars(config.relevant, context.vars))
  if (grades.size === 0) {
    if (config.empty === 'pass') return passed('nothing is relevant to this case')
    throw new Error('retrieval: no document is relevant to this case; `empty: pass` lets such a case pass')
  }
  const used = config.documents === undefined ? {} : utilisation(output, grades, config, context)
  const retrieved = retrievedIds(config.retrieved, output, context)
  if ('problem' in retrieved)
    return failed(retrieved.problem, 0, { namedScores: { ...scoresOf([], grades, config), ...used } })
  const ranked = distinct(retrieved.ids)
  const scores = scoresOf(ranked, grades, config)
  const name = scoreName(config)
  const score = scores[name] ?? 0
  const reason = `${name} is ${score.toFixed(3)}: ${describe(ranked, grades, config)}`
  const besides = { namedScores: { ...scores, ...used } }
  return score >= config.threshold ? passed(reason, score, besides) : failed(reason, score, besides)
}

export const configure: Configure = (config) => {
  readConfig(config)
  return {}
}

function scoresOf(
  ranked: readonly string[],
  grades: Grades,
  { cuts, gain }: RetrievalConfig,
): Record<string, number> {
  const atCuts = cuts.flatMap((k): [string, number][] => [
    [`recall@${k}`, recallAt(ranked, grades, k)],
    [`precision@${k}`, precisionAt(ranked, grades, k)],
    [`ndcg@${k}`, ndcgAt(ranked, grades, k, gain)],
  ])
  return {
    ...Object.fromEntries(atCuts),
    mrr: reciprocalRank(ranked, grades),
    map: averagePrecision(ranked, grades),
  }
}

function scoreName({ score, cuts }: RetrievalConfig): string {
  return score === 'mrr' || score === 'map' ? score : `${score}@${cuts.at(-1)}`
}

/** Of the relevant documents that were supplied (of all supplied, where none of those is relevant), the share that the answer uses. */
function utilisation(
  output: unknown,
  grades: Grades,
  { documents: given, answer }: RetrievalConfig,
  { vars }: CheckContext,
): { utilisation: number } {
  const documents = readDocuments(given, vars)
  if (documents.size === 0) throw new Error('retrieval: there are no documents')
  const used = usedDocuments(answerOf(output, answer?.path), documents)
  const relevant = [...documents.keys()].filter((id) => grades.has(id))
  const among = relevant.length > 0 ? relevant : [...documents.keys()]
  return { utilisation: among.filter((id) => used.has(id)).length / among.length }
}

function answerOf(output: unknown, path: string | undefined): string {
  if (path === undefined) return replyText(output)
  const json = replyJson(output)
  return 'error' in json ? '' : valuesAt(json.value, path).map(replyText).join('\n')
}

function describe(ranked: readonly string[], grades: Grades, { cuts }: RetrievalConfig): string {
  const k = cuts.at(-1) ?? 0
  const top = new Set(ranked.slice(0, k))
  const missed = [...grades.keys()].filter((id) => !top.has(id))
  const found = `${grades.size - missed.length} of ${grades.size} relevant documents are among the first ${k}`
  if (missed.length === 0) return found
  const more = missed.length > MISSED_SHOWN ? `, and ${missed.length - MISSED_SHOWN} more` : ''
  return `${found}; missed: ${missed.slice(0, MISSED_SHOWN).map(quoted).join(', ')}${more}`
}
