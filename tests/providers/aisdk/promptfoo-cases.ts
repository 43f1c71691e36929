import { fixture } from './vendor-server.ts'

/** A call, and what the vendor answers it with. */
export interface Case {
  readonly config?: object
  readonly prompt?: string
  readonly reply: string
}

const SCHEMA = {
  type: 'object',
  properties: { a: { type: 'string' } },
  required: ['a'],
  additionalProperties: false,
}
const completion = fixture('openai/completion.json')
const message = (message: object, finish = 'stop'): string => {
  const data = JSON.parse(completion) as { choices: object[] }
  return JSON.stringify({
    ...data,
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
  })
}
const CALL = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":"b"}' } }

export const OPENAI: Record<string, Case> = {
  'a text': { reply: completion },
  'settings of every kind': {
    config: {
      max_tokens: 7,
      temperature: 0.3,
      top_p: 0.5,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      stop: ['x'],
      seed: 4,
      user: 'u',
      store: true,
      metadata: { a: 'b' },
      service_tier: 'flex',
      passthrough: { logit_bias: { 1: 2 } },
    },
    reply: completion,
  },
  'no defaults': { config: { omitDefaults: true }, reply: completion },
  'tool calls': {
    config: {
      tools: [{ type: 'function', function: { name: 'f', parameters: SCHEMA, strict: true } }],
      tool_choice: 'required',
    },
    reply: message({ content: null, tool_calls: [CALL] }, 'tool_calls'),
  },
  'a text beside a tool call': { reply: message({ content: 'Wait.', tool_calls: [CALL] }, 'tool_calls') },
  'a function call': {
    config: { functions: [{ name: 'f', parameters: SCHEMA }], function_call: 'auto' },
    reply: message({ content: null, function_call: { name: 'f', arguments: '{}' } }, 'function_call'),
  },
  'structured output': {
    config: {
      response_format: { type: 'json_schema', json_schema: { name: 'n', strict: true, schema: SCHEMA } },
    },
    reply: message({ content: '{"a":"b"}' }),
  },
  'a JSON object': {
    config: { response_format: { type: 'json_object' } },
    reply: message({ content: '{"a":1}' }),
  },
  'a refusal': { reply: message({ content: null, refusal: 'No.' }) },
  'a filtered reply': { reply: message({ content: null }, 'content_filter') },
  'an empty text': { reply: message({ content: '' }) },
  thoughts: { reply: message({ content: 'Hi', reasoning_content: 'They greet.' }) },
  'a chat': {
    prompt: JSON.stringify([
      { role: 'system', content: 'S' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ]),
    reply: completion,
  },
}

const claude = (content: object[], stop = 'end_turn', more: object = {}): string =>
  JSON.stringify({
    ...(JSON.parse(fixture('anthropic/message.json')) as object),
    content,
    stop_reason: stop,
    ...more,
  })
const TOOL_USE = { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 'b' } }

export const ANTHROPIC: Record<string, Case> = {
  'a text': { reply: fixture('anthropic/message.json') },
  'several texts': {
    reply: claude([
      { type: 'text', text: 'One' },
      { type: 'text', text: 'two' },
    ]),
  },
  'settings of every kind': {
    config: {
      max_tokens: 9,
      temperature: 0.3,
      top_k: 5,
      stop_sequences: ['x'],
      metadata: { user_id: 'u' },
      service_tier: 'auto',
      extra_body: { container: 'c' },
    },
    reply: fixture('anthropic/message.json'),
  },
  'top_p instead of a temperature': { config: { top_p: 0.5 }, reply: fixture('anthropic/message.json') },
  'tool use': {
    config: { tools: [{ name: 'f', description: 'F', input_schema: SCHEMA }], tool_choice: { type: 'any' } },
    reply: claude([{ type: 'text', text: 'Wait.' }, TOOL_USE], 'tool_use'),
  },
  'tools in OpenAI’s words': {
    config: {
      tools: [{ type: 'function', function: { name: 'f', parameters: SCHEMA } }],
      tool_choice: 'auto',
    },
    reply: claude([TOOL_USE], 'tool_use'),
  },
  thoughts: {
    config: { thinking: { type: 'enabled', budget_tokens: 1500 } },
    reply: claude([
      { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
      { type: 'redacted_thinking', data: 'secret' },
      { type: 'text', text: 'Hi' },
    ]),
  },
  'thoughts that are not shown': {
    config: { showThinking: false },
    reply: claude([
      { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
      { type: 'text', text: 'Hi' },
    ]),
  },
  'structured output': {
    config: { output_format: { type: 'json_schema', schema: SCHEMA } },
    reply: claude([{ type: 'text', text: '{"a":"b"}' }]),
  },
  'a chat': {
    prompt: JSON.stringify([
      { role: 'system', content: 'S' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'Bye' },
    ]),
    reply: fixture('anthropic/message.json'),
  },
}

const gemini = (parts: object[], finishReason = 'STOP'): string =>
  JSON.stringify({
    ...(JSON.parse(fixture('gemini/response.json')) as object),
    candidates: [{ content: { role: 'model', parts }, finishReason, index: 0 }],
  })

export const GOOGLE: Record<string, Case> = {
  'a text': { reply: fixture('gemini/response.json') },
  'settings of every kind': {
    config: {
      temperature: 0.3,
      topP: 0.5,
      topK: 6,
      maxOutputTokens: 8,
      stopSequences: ['x'],
      generationConfig: { candidateCount: 1, thinkingConfig: { thinkingBudget: 0 } },
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', probability: 'BLOCK_NONE' }],
    },
    reply: fixture('gemini/response.json'),
  },
  'a function call': { reply: gemini([{ functionCall: { name: 'f', args: { a: 'b' } } }]) },
  'a text beside a function call': {
    reply: gemini([{ text: 'Wait.' }, { functionCall: { name: 'f', args: {} } }]),
  },
  thoughts: { reply: gemini([{ text: 'Hm. ', thought: true }, { text: 'Hi' }]) },
  'a tool choice': {
    config: { tools: [{ googleSearch: {} }], tool_choice: 'none' },
    reply: fixture('gemini/response.json'),
  },
}
