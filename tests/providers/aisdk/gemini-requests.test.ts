import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './ask.ts'
import type { VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

let server: VendorServer
beforeAll(async () => {
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

const gemini = (config: object, prompt: string, body: string, context?: object) =>
  ask(server, 'google:gemini-2.5-flash', config, prompt, { body }, context === undefined ? {} : { context })

describe('what the config says of a request to Gemini', () => {
  it('goes onto the wire in promptfoo’s spellings as in ours', async () => {
    const body = fixture('gemini/response.sse')
    const ours = {
      maxTokens: 9,
      temperature: 0.1,
      topP: 0.8,
      topK: 4,
      stopSequences: ['x'],
      system: 'Be brief.',
    }
    const theirs = {
      maxOutputTokens: 9,
      temperature: 0.1,
      topP: 0.8,
      topK: 4,
      stopSequences: ['x'],
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
    }
    const [one, other] = [await gemini(ours, 'x', body), await gemini(theirs, 'x', body)]
    expect(one.request.body).toEqual(other.request.body)
    expect(one.request.body).toEqual({
      generationConfig: { maxOutputTokens: 9, temperature: 0.1, topP: 0.8, topK: 4, stopSequences: ['x'] },
      contents: [{ role: 'user', parts: [{ text: 'x' }] }],
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
    })
  })

  it('lets Gemini’s own generationConfig go before everything, and safety settings through', async () => {
    const { request } = await gemini(
      {
        temperature: 0.9,
        generationConfig: { temperature: 0.2, thinkingConfig: { thinkingBudget: 0 }, candidateCount: 1 },
        safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
        responseSchema: { type: 'OBJECT', properties: { a: { type: 'NUMBER' } } },
        service_tier: 'flex',
      },
      'x',
      fixture('gemini/response.sse'),
    )
    expect(request.body).toMatchObject({
      generationConfig: {
        temperature: 0.2,
        thinkingConfig: { thinkingBudget: 0 },
        candidateCount: 1,
        responseMimeType: 'application/json',
        responseSchema: { type: 'OBJECT', properties: { a: { type: 'NUMBER' } } },
      },
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
      serviceTier: 'flex',
    })
  })

  it('renders a systemInstruction with the case’s variables, as promptfoo does', async () => {
    const context = { vars: { tone: 'curt & <dry>' }, prompt: { raw: '', label: '' } }
    const { request } = await gemini(
      { systemInstruction: 'Be {{ tone }}.' },
      'x',
      fixture('gemini/response.sse'),
      context,
    )
    expect(request.body['systemInstruction']).toEqual({ parts: [{ text: 'Be curt & <dry>.' }] })
  })

  it('offers functions in Gemini’s words and in OpenAI’s, and lets Gemini’s own tools through', async () => {
    const parameters = {
      type: 'object',
      properties: { city: { type: 'string' } },
      additionalProperties: false,
    }
    const { request } = await gemini(
      {
        tools: [
          { type: 'function', function: { name: 'a', parameters } },
          { functionDeclarations: [{ name: 'b', parameters: { type: 'OBJECT', nullable: true } }] },
          { googleSearch: {} },
        ],
        tool_choice: { type: 'function', function: { name: 'a' } },
        toolConfig: { retrievalConfig: { languageCode: 'en' } },
      },
      'x',
      fixture('gemini/response.sse'),
    )
    expect(request.body['tools']).toEqual([
      {
        functionDeclarations: [
          { name: 'a', description: '', parametersJsonSchema: parameters },
          { name: 'b', description: '', parametersJsonSchema: { type: ['object', 'null'] } },
        ],
      },
      { googleSearch: {} },
    ])
    expect(request.body['toolConfig']).toEqual({
      functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['a'] },
      retrievalConfig: { languageCode: 'en' },
    })
  })

  it('asks for JSON by a schema, and gives the value that the reply is', async () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } } }
    const json = fixture('gemini/response.sse').replace('AI learns', '{\\"a\\":').replace(' patterns.', ' 1}')
    const { request, response } = await gemini({ outputSchema: schema }, 'x', json)
    expect(request.body['generationConfig']).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: schema,
    })
    expect(response.output).toEqual({ a: 1 })
  })

  it('knows how much a model is to think in words that every vendor has', async () => {
    const { request } = await gemini({ reasoning: 'none' }, 'x', fixture('gemini/response.sse'))
    expect(request.body['generationConfig']).toEqual({ thinkingConfig: { thinkingBudget: 0 } })
  })
})

describe('a class of models', () => {
  it('is the vendor’s model that it stands for, by id and by file', async () => {
    const script = { body: fixture('gemini/response.sse') }
    const byId = await ask(server, 'google:flash-class', {}, 'x', script)
    const byFile = await ask(
      server,
      'file://aisdk.ts',
      { vendor: 'google', model: 'flash-class' },
      'x',
      script,
    )
    expect(byId.request.path).toMatch(/^\/v1beta\/models\/gemini-[\d.]+-flash:streamGenerateContent/)
    expect(byFile.request.path).toBe(byId.request.path)
  })
})
