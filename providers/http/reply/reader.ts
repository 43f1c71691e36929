import type { IncomingMessage } from 'node:http'
import type { HttpConfig } from '../config.ts'
import { EventsReader } from './events-reader.ts'
import type { Findings } from './findings.ts'
import { LinesReader } from './lines-reader.ts'
import { WholeReader } from './whole-reader.ts'

/** Makes a reply of text as it comes. Its methods throw CallError for what can be no reply. */
export interface Reader {
  /** @param at when it came */
  take(text: string, at: number): void
  /** The body has ended; `output` is called after that only. */
  end(at: number): void
  output(): unknown
  /** When the first output came, where the reply is streamed. */
  readonly firstAt: number | undefined
  /** True once the backend has said that nothing will follow. */
  readonly isDone: boolean
}

const EVENTS = /^text\/event-stream\b/i
const LINES = /^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines)\b/i
const JSON_TYPE = /^(?:application\/(?:[\w.-]+\+)?|text\/)json\b/i

/** As `streaming` says, else by the type of the content. */
export function readerFor({ headers }: IncomingMessage, config: HttpConfig, findings: Findings): Reader {
  const type = headers['content-type']?.trim() ?? ''
  const { streaming } = config
  if (streaming === 'sse' || (streaming === 'auto' && EVENTS.test(type)))
    return new EventsReader(config, findings)
  if (streaming === 'ndjson' || (streaming === 'auto' && LINES.test(type)))
    return new LinesReader(config, findings)
  const isJson = streaming !== 'text' && (JSON_TYPE.test(type) || config.output !== undefined)
  return new WholeReader(config, findings, { isJson, isStreamed: streaming === 'text' })
}
