import type { ModelRequest } from '../../execute/call.ts'
import type { Attempt, Reply } from '../../model/trial.ts'

/** A reply that was recorded, with what it took then. */
export interface RecordedReply extends Pick<Attempt, 'timing' | 'usage' | 'costUsd'> {
  readonly reply: Reply
}

/** Where recorded replies are found. Never throws for what it cannot read: that is a miss. */
export interface ReplySource {
  /** True when nothing can be found, so that nobody need look. */
  readonly isEmpty: boolean
  /** True when a reply from here will do for the request. */
  serves(request: ModelRequest): boolean
  /** @param key one of the request's, see `keysOf` */
  find(
    key: string,
    request: Pick<ModelRequest, 'cellId' | 'caseId' | 'promptKey' | 'role' | 'spec'>,
  ): RecordedReply | undefined
}
