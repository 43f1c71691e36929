import { describe, expect, it } from 'vitest'
import tools from '../../../assertions/tools.ts'
import { readTrajectory } from '../../../assertions/tools/read-trajectory.ts'

const openai = { id: 'c1', type: 'function', function: { name: 'find', arguments: '{"id": 7}' } }
const anthropic = { type: 'tool_use', id: 'c1', name: 'find', input: { id: 7 } }
const bedrock = { toolUse: { toolUseId: 'c1', name: 'find', input: { id: 7 } } }

describe('a call is read', () => {
  it.each<[string, unknown]>([
    ['OpenAI’s tool_calls', [openai]],
    ['a message with tool_calls', { role: 'assistant', content: null, tool_calls: [openai] }],
    ['a whole response of OpenAI', { choices: [{ message: { role: 'assistant', tool_calls: [openai] } }] }],
    [
      'OpenAI’s responses',
      { output: [{ type: 'function_call', call_id: 'c1', name: 'find', arguments: '{"id":7}' }] },
    ],
    ['OpenAI’s function_call', { role: 'assistant', function_call: { name: 'find', arguments: '{"id":7}' } }],
    ['Anthropic’s blocks', [{ type: 'text', text: 'Let me see.' }, anthropic]],
    ['Anthropic’s message', { role: 'assistant', content: [anthropic] }],
    ['Bedrock’s message', { output: { message: { role: 'assistant', content: [bedrock] } } }],
    [
      'Gemini’s candidates',
      {
        candidates: [
          { content: { role: 'model', parts: [{ functionCall: { name: 'find', args: { id: 7 } } }] } },
        ],
      },
    ],
    ['the AI SDK’s parts', [{ type: 'tool-call', toolCallId: 'c1', toolName: 'find', input: { id: 7 } }]],
    ['a plain step', [{ tool: 'find', args: { id: 7 } }]],
    ['a plain step by name', { steps: [{ name: 'find', arguments: { id: 7 } }] }],
    ['JSON text', JSON.stringify([openai])],
    ['words and a block, a paragraph each', `Let me see.\n\n${JSON.stringify(anthropic)}`],
    [
      'two paragraphs of blocks, one of them unreadable',
      `${JSON.stringify(anthropic)}\n\n{"type": "tool_use", "name":`,
    ],
    [
      'a line each, as promptfoo writes OpenAI’s responses',
      `Reasoning: an order\n${JSON.stringify({ type: 'function_call', call_id: 'c1', name: 'find', arguments: '{"id":7}' })}`,
    ],
    ['a fence', `Let me see.\n\`\`\`json\n${JSON.stringify([anthropic], null, 2)}\n\`\`\``],
    [
      'a message that tells its calls twice',
      { role: 'assistant', content: [anthropic], tool_calls: [{ name: 'find', args: { id: 7 }, id: 'c1' }] },
    ],
    [
      'a step of the AI SDK',
      {
        steps: [
          {
            text: 'Let me see.',
            content: [
              { type: 'text', text: 'Let me see.' },
              { type: 'tool-call', toolCallId: 'c1', toolName: 'find', input: { id: 7 } },
            ],
            toolCalls: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'find', input: { id: 7 } }],
          },
        ],
      },
    ],
    [
      'a part of the AI SDK’s chats',
      {
        role: 'assistant',
        parts: [{ type: 'tool-find', toolCallId: 'c1', state: 'input-available', input: { id: 7 } }],
      },
    ],
  ])('from %s', (_name, value) => {
    expect(readTrajectory(value).steps).toEqual([{ tool: 'find', args: { id: 7 }, turn: 0 }])
  })

  it.each([
    ['an answer in words', 'It is 7.'],
    ['an answer in JSON', '{"label": "billing", "items": [{"name": "x"}]}'],
    ['nothing', ''],
    ['a number', 7],
    ['null', null],
    ['an object of another shape', { foo: [{ bar: 1 }] }],
    ['a tool without a name', [{ type: 'tool_use', input: {} }, { function: { arguments: '{}' } }]],
    ['a call far inside data', [[[[[[[[[[[[[[[anthropic]]]]]]]]]]]]]]]],
  ])('from nothing else: %s', (_name, value) => {
    expect(readTrajectory(value).steps).toEqual([])
  })

  it('twice where a log has the same id in two messages', () => {
    const message = { role: 'assistant', content: [anthropic] }
    expect(readTrajectory([message, message]).steps).toHaveLength(2)
  })

  it('with what it was given as text, where the tool takes text', () => {
    const sql = { args: { input: 'select 1' } }
    const responses = { type: 'custom_tool_call', id: 'x', call_id: 'c1', name: 'sql', input: 'select 1' }
    const output = { type: 'custom_tool_call_output', call_id: 'c1', output: '1' }
    expect(readTrajectory([responses, output]).steps).toMatchObject([{ ...sql, result: { value: '1' } }])
    const chat = { id: 'c1', type: 'custom', custom: { name: 'sql', input: 'select 1' } }
    expect(readTrajectory([chat]).steps).toMatchObject([sql])
  })

  it('with no arguments where there are none', () => {
    const calls = ['', null, undefined, {}].map((args) => ({ function: { name: 'now', arguments: args } }))
    expect(readTrajectory(calls).steps.map(({ args }) => args)).toEqual([{}, {}, {}, {}])
  })
})

describe('results', () => {
  const steps = (messages: unknown) =>
    readTrajectory(messages).steps.map(({ result, turn }) => [result?.value, result?.isError, turn])

  it('find their call by its id, in the words of each protocol', () => {
    const two = [openai, { ...openai, id: 'c2' }]
    expect(
      steps([
        { role: 'assistant', tool_calls: two },
        { role: 'tool', tool_call_id: 'c2', content: 'second' },
        { role: 'tool', tool_call_id: 'c1', content: 'Error: first' },
        { role: 'assistant', tool_calls: [{ ...openai, id: 'c3' }] },
      ]),
    ).toEqual([
      ['Error: first', true, 0],
      ['second', false, 0],
      [undefined, undefined, 1],
    ])
    expect(
      steps([
        { role: 'assistant', content: [bedrock] },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 'c1', status: 'error', content: [{ text: 'gone' }] } }],
        },
      ]),
    ).toEqual([[[{ text: 'gone' }], true, 0]])
    expect(
      steps([
        { role: 'model', parts: [{ functionCall: { name: 'find', args: {} } }] },
        {
          role: 'user',
          parts: [{ functionResponse: { name: 'find', response: { error: 'no such order' } } }],
        },
      ]),
    ).toEqual([[{ error: 'no such order' }, true, 0]])
    expect(
      steps([
        { type: 'function_call', call_id: 'c1', name: 'find', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: '{"error": null, "rows": 3}' },
      ]),
    ).toEqual([['{"error": null, "rows": 3}', false, 0]])
  })

  it('without an id go to the first call that has none yet', () => {
    expect(
      steps([
        { tool: 'a' },
        { tool: 'b' },
        { role: 'function', name: 'b', content: 'x' },
        { role: 'tool', content: 'y' },
      ]),
    ).toEqual([
      ['y', false, 0],
      ['x', false, 1],
    ])
  })

  it.each<[string, unknown, unknown, boolean]>([
    ['a message of the AI SDK', { output: { type: 'json', value: { n: 1 } } }, { n: 1 }, false],
    ['one that tells an error', { output: { type: 'error-text', value: 'no' } }, 'no', true],
    [
      'one that was not allowed',
      { output: { type: 'execution-denied' } },
      { type: 'execution-denied' },
      true,
    ],
    ['a step of it', { output: { n: 1 } }, { n: 1 }, false],
  ])('are read from %s', (_name, part, value, isError) => {
    const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'find', input: {} }
    const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'find', ...(part as object) }
    expect(
      steps([
        { role: 'assistant', content: [call] },
        { role: 'tool', content: [result] },
      ]),
    ).toEqual([[value, isError, 0]])
  })

  it('of Anthropic’s own tools, of MCP and of a chat of the AI SDK are read, with their errors', () => {
    expect(
      steps([
        { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} },
        {
          type: 'web_search_tool_result',
          tool_use_id: 's1',
          content: { type: 'web_search_tool_result_error' },
        },
        { type: 'mcp_tool_use', id: 'm1', name: 'find', input: {} },
        { type: 'mcp_tool_result', tool_use_id: 'm1', is_error: true, content: [] },
        { type: 'tool-find', toolCallId: 'u1', state: 'output-error', input: {}, errorText: 'no' },
        { type: 'dynamic-tool', toolName: 'find', toolCallId: 'u2', state: 'output-available', output: 1 },
      ]),
    ).toEqual([
      [{ type: 'web_search_tool_result_error' }, true, 0],
      [[], true, 1],
      ['no', true, 2],
      [1, false, 3],
    ])
  })

  it('go by the name in the words of Ollama', () => {
    const two = ['a', 'b'].map((name) => ({ function: { name, arguments: {} } }))
    expect(
      steps([
        { role: 'assistant', tool_calls: two },
        { role: 'tool', tool_name: 'b', content: 'x' },
        { role: 'tool', tool_name: 'a', content: 'y' },
      ]),
    ).toEqual([
      ['y', false, 0],
      ['x', false, 0],
    ])
  })

  it('of calls that nobody made are left', () => {
    expect(steps([anthropic, { type: 'tool_result', tool_use_id: 'c9', content: 'x' }])).toEqual([
      [undefined, undefined, 0],
    ])
  })
})

describe('the final answer', () => {
  it.each<[string, unknown, string]>([
    [
      'what the agent says last',
      [
        { role: 'assistant', tool_calls: [openai] },
        { role: 'assistant', content: 'Done: 7.' },
      ],
      'Done: 7.',
    ],
    [
      'text in blocks',
      [
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'One.' },
            { type: 'text', text: 'Two.' },
          ],
        },
      ],
      'One.\nTwo.',
    ],
    ['no word before a call', [{ role: 'assistant', content: 'I will look.', tool_calls: [openai] }], ''],
    [
      'no word of the user',
      [
        { role: 'assistant', content: 'Done.' },
        { role: 'user', content: 'Thanks' },
      ],
      'Done.',
    ],
    [
      'that of the last step, once, where a result of the AI SDK tells it again',
      {
        steps: [
          { text: 'Let me see.', content: [{ type: 'text', text: 'Let me see.' }, anthropic] },
          { text: 'It is 7.', content: [{ type: 'text', text: 'It is 7.' }] },
        ],
        text: 'It is 7.',
        content: [
          { type: 'text', text: 'Let me see.' },
          { type: 'text', text: 'It is 7.' },
        ],
      },
      'It is 7.',
    ],
    [
      'no thought',
      [
        { type: 'reasoning', text: 'It may be 8.' },
        { type: 'text', text: 'It is 7.' },
      ],
      'It is 7.',
    ],
    ['a reply in words', 'It is 7.', 'It is 7.'],
    ['a reply in paragraphs', 'It is 7.\nSurely.\n\nBye.', 'It is 7.\nSurely.\nBye.'],
    ['a reply in JSON', '{"label": "billing"}', '{"label": "billing"}'],
  ])('is %s', (_name, value, final) => {
    expect(readTrajectory(value).final).toBe(final)
  })

  it('is the reply where the log has calls alone', () => {
    const context = {
      config: { final: { contains: '7' } },
      providerResponse: { metadata: { trajectory: [openai] } },
    }
    expect(tools('It is 7.', context).pass).toBe(true)
  })

  it('may be an object', () => {
    expect(tools({ answer: 7 }, { config: { final: { contains: '7' } } }).pass).toBe(true)
  })
})

describe('where the trajectory stands', () => {
  const config = { expected: ['find'] }
  it('is the reply, else what the provider tells of it, else where the config says', () => {
    expect(tools([openai], { config }).pass).toBe(true)
    expect(
      tools('ok', {
        config,
        providerResponse: { metadata: { messages: [{ role: 'assistant', tool_calls: [openai] }] } },
      }).pass,
    ).toBe(true)
    const raw = { raw: { log: [anthropic] } }
    expect(tools('ok', { config: { ...config, from: 'raw.log' }, providerResponse: raw }).pass).toBe(true)
  })

  it('cannot be judged where the provider has nothing', () => {
    expect(() =>
      tools([openai], { config: { ...config, from: 'metadata.log' }, providerResponse: {} }),
    ).toThrow("the provider's response has nothing at `metadata.log`")
  })
})
