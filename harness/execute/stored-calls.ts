import type { Provider, ProviderResponse } from '../model/provider.ts'
import type { ProviderSpec } from '../model/suite.ts'
import type { StoredReplies } from '../record/stored-replies.ts'
import type { CallModel } from './call-model.ts'
import { responseOf } from './reply.ts'

/** Answers every call with the reply on record, failures included. Calls no model. */
export function answerFromRecord(replies: StoredReplies): CallModel {
  return async ({ cell, prompt, queuedMs, trusted }) =>
    (await replies.attemptOf(cell.id)) ?? {
      request: { prompt },
      failure: { kind: 'invalid', message: 'no reply to this cell is on record' },
      timing: { queuedMs, backoffMs: 0, latencyMs: 0, trusted },
      costUsd: 0,
    }
}

/** A grader that gives the answers on record to the questions it was asked then; a new question is an error. */
export function graderFromRecord(replies: StoredReplies): (spec: ProviderSpec) => Promise<Provider> {
  const answer = async (...args: readonly unknown[]): Promise<ProviderResponse> => {
    const texts = args.filter((arg) => typeof arg === 'string')
    const prompt = texts.length === 1 ? (texts[0] ?? '') : JSON.stringify(texts)
    const attempt = await replies.graderAttemptOf(prompt)
    if (attempt?.reply !== undefined) return responseOf(attempt)
    return {
      error:
        attempt?.failure?.message ??
        'the grader was not asked this when the run was made: run the suite again',
    }
  }
  return async ({ id }) => ({
    id: () => id,
    callApi: answer,
    callEmbeddingApi: answer,
    callSimilarityApi: answer,
    callClassificationApi: answer,
    callModerationApi: answer,
  })
}
