import { describe, expect, it } from 'vitest'
import { ask, scripted, textOf } from './provider-calls.ts'
import { WIRE_MODES } from './provider-modes.ts'

const vendor = scripted()

/** Members that hold what a tool is called with. */
const NAMES: ReadonlySet<string> = new Set(['arguments', 'input', 'INVALID_JSON'])

/** What tools are called with, as text, wherever the vendor has it. */
function argumentsIn(value: unknown): string {
  if (typeof value === 'string') return value.startsWith('{"type":') ? argumentsIn(JSON.parse(value)) : ''
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, inside]) => (isText(inside) && NAMES.has(key) ? inside : argumentsIn(inside)))
    .join('')
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

describe.each(WIRE_MODES)('$name', (mode) => {
  const { isStreamed, knowsProtocol } = mode

  it('a reply comes with why it ended, what it took, and what it is billed as', async () => {
    void vendor.play({ do: 'text', text: 'Yes, of course.' })
    const { output, finishReason, metadata, tokenUsage, cost } = await ask(vendor, mode)
    expect({ output, finishReason }).toEqual({ output: 'Yes, of course.', finishReason: 'stop' })
    const { usage, billing, timing } = metadata
    expect(usage?.input).toBeGreaterThan(0)
    expect(usage?.output).toBeGreaterThan(0)
    expect(usage?.estimated).toBeUndefined()
    expect(tokenUsage).toMatchObject({ prompt: usage?.input, completion: usage?.output, numRequests: 1 })
    expect(billing).toMatchObject({ vendor: expect.any(String), model: expect.any(String) })
    expect(timing?.latencyMs).toBeGreaterThan(0)
    expect(timing?.ttftMs !== undefined).toBe(isStreamed)
    if (cost !== undefined) expect(cost).toBeGreaterThan(0)
  })

  it('the time to the first output is that of the first of many pieces', async () => {
    void vendor.play({ do: 'trickle', pieces: 4, everyMs: 15 })
    const { metadata } = await ask(vendor, mode)
    const { latencyMs = 0, ttftMs } = metadata.timing ?? {}
    // Four pieces are three pauses apart; timers are off by a millisecond.
    expect(latencyMs).toBeGreaterThanOrEqual(40)
    if (isStreamed) expect(ttftMs).toBeLessThan(latencyMs)
    else expect(ttftMs).toBeUndefined()
  })

  it('an empty completion is a reply of no text', async () => {
    void vendor.play({ do: 'empty' })
    const { output, finishReason } = await ask(vendor, mode)
    expect({ output, finishReason }).toEqual({ output: '', finishReason: 'stop' })
  })

  it('a reply that was as long as it may be says so', async () => {
    void vendor.play({ do: 'max-tokens' })
    const response = await ask(vendor, mode)
    expect(response.finishReason).toBe('length')
    expect(textOf(response)).not.toBe('')
  })

  it('what a guardrail stopped says so', async () => {
    void vendor.play({ do: 'guardrail' })
    const { finishReason, guardrails, output } = await ask(vendor, mode)
    expect(output).toBeDefined()
    if (mode.name.startsWith('bedrock invoke')) expect(guardrails).toMatchObject({ flagged: true })
    else expect(finishReason).toBe('content_filter')
  })

  it('a tool call with broken JSON is a reply, with the arguments as the model wrote them', async () => {
    void vendor.play({ do: 'broken-tool-json' })
    const { output, finishReason } = await ask(vendor, mode, { config: mode.forToolCalls ?? {} })
    // Gemini keeps such a call to itself.
    if (mode.protocol === 'gemini') {
      expect({ output, finishReason }).toEqual({ output: '', finishReason: 'malformed_function_call' })
      return
    }
    expect(finishReason).toBe('tool_calls')
    expect(argumentsIn(output)).toMatch(/^\{"query":"[^"]*$/)
  })

  it('where no usage is told, none is made up: at most it is estimated, and then it costs nobody knows what', async () => {
    void vendor.play({ do: 'no-usage' })
    const response = await ask(vendor, mode)
    expect(textOf(response)).not.toBe('')
    const { usage } = response.metadata
    if (knowsProtocol) expect(usage).toMatchObject({ estimated: true })
    else expect(usage).toBeUndefined()
    expect(response.cost).toBeUndefined()
  })
})

describe.each(WIRE_MODES.filter(({ knowsProtocol }) => knowsProtocol))('$name', (mode) => {
  it('a refusal is a reply, and marked', async () => {
    void vendor.play({ do: 'refusal' })
    const response = await ask(vendor, mode)
    expect(response.isRefusal).toBe(true)
    expect(textOf(response)).not.toBe('')
  })
})
