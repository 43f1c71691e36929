import type { CachePoint, Chat } from '../../chat/chat.ts'
import type { Settings } from '../config/settings.ts'

/** A chat, and where the model's cache is told to keep what came so far. */
export interface Marked {
  readonly chat: Chat
  /** After the tools. */
  readonly tools?: CachePoint | undefined
  /** True where anything is asked to be kept. */
  readonly isMarked: boolean
}

/** Sets the cache points the config asks for beside those that the prompt has itself. */
export function marked(chat: Chat, { cachePoints = {}, tools = [], toolChoice }: Settings): Marked {
  const hasTools = tools.length > 0 && toolChoice !== 'none'
  const { shared } = cachePoints
  const sharedPart = chat.system.length > 0 ? 'system' : hasTools ? 'tools' : 'messages'
  const points = shared === undefined ? cachePoints : { [sharedPart]: shared, ...cachePoints }
  const system =
    points.system && chat.system.length > 0 ? [...chat.system, pointOf(points.system)] : chat.system
  const lastUser = points.messages ? chat.turns.findLastIndex(({ role }) => role === 'user') : -1
  const turns = chat.turns.map((turn, index) =>
    index === lastUser && points.messages
      ? { ...turn, parts: [...turn.parts, pointOf(points.messages)] }
      : turn,
  )
  const after = points.tools && hasTools ? pointOf(points.tools) : undefined
  const isPoint = ({ kind }: { kind: string }): boolean => kind === 'cache-point'
  return {
    chat: { system, turns },
    ...(after && { tools: after }),
    isMarked: after !== undefined || system.some(isPoint) || turns.some(({ parts }) => parts.some(isPoint)),
  }
}

function pointOf({ ttl }: { ttl?: '5m' | '1h' | undefined }): CachePoint {
  return { kind: 'cache-point', ...(ttl !== undefined && { ttl }) }
}
