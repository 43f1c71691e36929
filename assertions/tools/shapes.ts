export type Fields = Readonly<Record<string, unknown>>

/** A call as it stands in a transcript. */
export interface CallShape {
  readonly tool: string
  /** Text as the model wrote it, or a value. */
  readonly args: unknown
  readonly id?: string | undefined
  /** A log of steps has the result beside the call. */
  readonly result?: ResultShape | undefined
  readonly state?: unknown
  /** A log has one step after the other; of calls in a message none could know of another's result. */
  readonly isLogged?: boolean | undefined
}

export interface ResultShape {
  readonly value: unknown
  readonly isError: boolean
  readonly id?: string | undefined
  readonly tool?: string | undefined
}

/** A call in the words of OpenAI (chat and responses), Anthropic, Bedrock, Gemini, the AI SDK, or of a plain log of steps. */
export function readCall(value: Fields): CallShape | undefined {
  const inner = fields(value['function'])
  if (inner !== undefined) return call(inner['name'], inner['arguments'], value['id'])
  const custom = fields(value['custom'])
  if (custom !== undefined) return call(custom['name'], { input: custom['input'] }, value['id'])
  const bedrock = fields(value['toolUse'])
  if (bedrock !== undefined) return call(bedrock['name'], bedrock['input'], bedrock['toolUseId'])
  const gemini = fields(value['functionCall'])
  if (gemini !== undefined) return call(gemini['name'], gemini['args'], gemini['id'])
  switch (value['type']) {
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return call(value['name'], value['input'], value['id'])
    case 'function_call':
      return call(value['name'], value['arguments'], value['call_id'])
    case 'custom_tool_call':
      return call(value['name'], { input: value['input'] }, value['call_id'])
    case 'tool-call':
      return call(value['toolName'], value['input'] ?? value['args'], value['toolCallId'])
    default:
      return readUiPart(value) ?? readPlain(value)
  }
}

export function readResult(value: Fields): ResultShape | undefined {
  const bedrock = fields(value['toolResult'])
  if (bedrock !== undefined) {
    return result(bedrock['content'], bedrock['toolUseId'], bedrock['status'] === 'error')
  }
  const gemini = fields(value['functionResponse'])
  if (gemini !== undefined) return { ...result(gemini['response'], gemini['id']), tool: text(gemini['name']) }
  const { type } = value
  // Anthropic's own tools and those of MCP: `web_search_tool_result`, `mcp_tool_result`.
  if (typeof type === 'string' && type.endsWith('tool_result'))
    return result(value['content'], value['tool_use_id'], value['is_error'] === true)
  switch (type) {
    case 'function_call_output':
    case 'custom_tool_call_output':
      return result(value['output'], value['call_id'])
    case 'tool-result':
      return readSdkOutput(value)
    case 'tool-error':
      return result(value['error'], value['toolCallId'], true)
    default:
      return undefined
  }
}

/** The AI SDK's messages wrap what a tool gave: `{type: 'error-text', value}`; its steps do not. */
function readSdkOutput(part: Fields): ResultShape {
  const output = part['output'] ?? part['result']
  const { type, value = output } = fields(output) ?? {}
  const isError = type === 'error-text' || type === 'error-json' || type === 'execution-denied'
  return result(value, part['toolCallId'], isError || part['isError'] === true)
}

/** A part of a message as the AI SDK's chats keep it: call and result in one. */
function readUiPart({
  type,
  toolName,
  toolCallId,
  state,
  input,
  output,
  errorText,
}: Fields): CallShape | undefined {
  if (typeof type !== 'string' || typeof toolCallId !== 'string' || typeof state !== 'string')
    return undefined
  const tool = type === 'dynamic-tool' ? toolName : /^tool-(.+)$/s.exec(type)?.[1]
  const found = call(tool, input, toolCallId)
  if (state === 'output-error') return found && { ...found, result: result(errorText, toolCallId, true) }
  return found && { ...found, ...(state === 'output-available' && { result: result(output, toolCallId) }) }
}

/** The message in which OpenAI's protocol hands a result back. */
export function readToolMessage(message: Fields): ResultShape {
  // Ollama's has another word for the name.
  const { content, tool_call_id: id, name, tool_name: tool = name } = message
  return { ...result(content, id, message['is_error'] === true), tool: text(tool) }
}

const PLAIN_ARGS = ['args', 'arguments', 'input', 'parameters'] as const
const PLAIN_RESULTS = ['result', 'output', 'observation'] as const

function readPlain(value: Fields): CallShape | undefined {
  const { tool, name, error, state } = value
  const args = PLAIN_ARGS.find((key) => Object.hasOwn(value, key))
  if (typeof tool !== 'string' && (typeof name !== 'string' || args === undefined)) return undefined
  const found = call(tool ?? name, args === undefined ? undefined : value[args], value['id'])
  const told = PLAIN_RESULTS.find((key) => Object.hasOwn(value, key))
  const hasFailed = isTold(error)
  const isKnown = told !== undefined || hasFailed
  const isError = hasFailed || value['is_error'] === true || value['isError'] === true
  return (
    found && {
      ...found,
      ...(isKnown && { result: result(told === undefined ? error : value[told], undefined, isError) }),
      ...(state !== undefined && { state }),
      isLogged: typeof tool === 'string',
    }
  )
}

/** Few protocols have a word for a tool's error, so what the result says of itself counts too. */
function result(value: unknown, id?: unknown, isError = false): ResultShape {
  return { value, isError: isError || saysError(value), id: text(id) }
}

const SAYS_ERROR = /^\s*(?:error|exception|traceback|fatal)\b/i

function saysError(value: unknown): boolean {
  if (typeof value === 'string') {
    if (SAYS_ERROR.test(value)) return true
    return /^\s*\{/.test(value) && value.length < 100_000 && saysError(parsed(value))
  }
  if (Array.isArray(value)) return value.length === 1 && saysError(partOf(value[0]))
  const { error, isError, is_error: snake, type } = fields(value) ?? {}
  const isOfAnthropic = typeof type === 'string' && type.endsWith('_tool_result_error')
  return isTold(error) || isError === true || snake === true || isOfAnthropic
}

/** Results with a place for an error leave it empty where there is none. */
function isTold(error: unknown): boolean {
  return typeof error === 'object' && error !== null ? Object.keys(error).length > 0 : Boolean(error)
}

/** A result in parts: the text or the JSON of its only one. */
function partOf(part: unknown): unknown {
  const { text: words, json } = fields(part) ?? {}
  return words ?? json
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}

function call(tool: unknown, args: unknown, id: unknown): CallShape | undefined {
  return typeof tool === 'string' && tool !== '' ? { tool, args, id: text(id) } : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}
