import { describe, expect, it } from 'vitest'
import type { Form, Shape } from '../../../providers/simulated/prompt/form/shape.ts'
import { readPrompt } from '../../../providers/simulated/prompt/read-prompt.ts'

const TEXT = '<contract>\nThe rent is EUR 900 a month.\n</contract>'

function formOf(instruction: string, text = TEXT): Form | undefined {
  return readPrompt(`${instruction}\n\n${text}`).form
}

function shapes(form: Form | undefined): Record<string, string> {
  return Object.fromEntries((form?.fields ?? []).map(({ name, shape }) => [name, spelled(shape)]))
}

function spelled(shape: Shape): string {
  if (shape.kind === 'list') return `[${spelled(shape.of)}]`
  if (shape.kind === 'choice') return shape.choices.map(({ value }) => value).join('|')
  if (shape.kind !== 'object') return shape.kind
  return `{${shape.fields.map((field) => `${field.name}: ${spelled(field.shape)}`).join(', ')}}`
}

describe('the object a prompt asks for', () => {
  it('has the keys that are named, of no known shape', () => {
    const form = formOf('Reply in JSON with the keys "tenant", "rent" and "start_date".')
    expect(shapes(form)).toEqual({ tenant: 'open', rent: 'open', start_date: 'open' })
  })

  it('has the shapes of a template', () => {
    const form = formOf(
      'Reply as JSON: {"tenants": ["..."], "start": "YYYY-MM-DD", "rent": {"amount": 0, "currency": "EUR"}, "kind": "flat | house | shop"}',
    )
    expect(shapes(form)).toEqual({
      tenants: '[open]',
      start: 'date',
      rent: '{amount: number, currency: text}',
      kind: 'flat|house|shop',
    })
  })

  it.each(['Reply as JSON:', 'Extract as JSON:', 'Extract the facts:', 'Fill in this:'])(
    'is what a line tells, though it begins like a heading: %s',
    (line) => {
      const form = formOf(`${line} {"tenants": ["..."], "start": "YYYY-MM-DD"} as JSON`)
      expect(shapes(form)).toEqual({ tenants: '[open]', start: 'date' })
    },
  )

  it('has the shapes of a JSON Schema, wherever it stands', () => {
    const schema = {
      type: 'object',
      properties: {
        start: { type: 'string', format: 'date', description: 'first day' },
        rent: { anyOf: [{ $ref: '#/$defs/money' }, { type: 'null' }] },
        pets: { type: ['boolean', 'null'] },
        duties: { type: 'array', items: { enum: ['repair', 'heating'] } },
        state: { oneOf: [{ const: 'new', description: 'never used' }, { const: 'old' }] },
      },
      $defs: { money: { type: 'object', properties: { amount: { type: 'number' } } } },
    }
    const expected = {
      start: 'date',
      rent: '{amount: number}',
      pets: 'truth',
      duties: '[repair|heating]',
      state: 'new|old',
    }
    const written = JSON.stringify(schema, null, 2)
    for (const instruction of [
      `Find the facts.\n<schema>\n${written}\n</schema>`,
      `Reply with JSON of this schema:\n\`\`\`json\n${written}\n\`\`\``,
      `Reply with JSON that fits ${JSON.stringify(schema)}.`,
    ]) {
      const form = formOf(instruction)
      expect(shapes(form)).toEqual(expected)
      expect(form?.isSchema).toBe(true)
      expect(form?.fields[0]?.description).toBe('first day')
    }
  })

  it('has the shapes that examples show together', () => {
    const form = formOf(
      [
        'Reply in JSON with the keys "term" and "parties".',
        '<example>\n<contract>\nA and B.\n</contract>\n<facts>\n{"term": null, "parties": ["A"]}\n</facts>\n</example>',
        '<example>\n<contract>\nOne year.\n</contract>\n<facts>\n{"term": {"value": 1, "unit": "years"}, "parties": []}\n</facts>\n</example>',
      ].join('\n\n'),
    )
    expect(shapes(form)).toEqual({ term: '{value: number, unit: text}', parties: '[text]' })
  })

  it('has the choices that a bullet lists: several of them for a plural', () => {
    const form = formOf(
      'Reply in JSON.\n- risks: any of late_payment, no_insurance, sublet\n- condition: one of good, fair or poor\n\nUse the keys "risks" and "condition".',
    )
    expect(shapes(form)).toEqual({ risks: '[late_payment|no_insurance|sublet]', condition: 'good|fair|poor' })
  })

  it.each([
    ['one answer with its reason', 'Reply as JSON like {"answer": "...", "reason": "...", "source": "..."}.'],
    ['a verdict with a score', 'Reply as JSON: {"reasoning": "...", "score": 3}'],
    ['one detail', 'Reply as JSON with the key "rent".'],
    [
      'one of several labels',
      'Classify as one of: lease, loan. Reply as JSON {"kind": "...", "team": "..."}.',
    ],
    ['no JSON', 'Name the tenant and the rent.'],
  ])('is none where the prompt wants %s', (_, instruction) => {
    expect(formOf(instruction)).toBeUndefined()
  })

  it('is that of a schema, though labels are listed beside it', () => {
    const schema = '{"properties": {"owner": {"type": "string"}, "rent": {"type": "number"}}}'
    const form = formOf(`Classify as one of: lease, loan.\n<schema>\n${schema}\n</schema>\nReply in JSON.`)
    expect(shapes(form)).toEqual({ owner: 'text', rent: 'number' })
  })

  it('is read from hostile schemas without harm', () => {
    const endless = '{"properties": {"a": {"$ref": "#"}, "b": {"$ref": "#/nowhere"}}}'
    expect(shapes(formOf(`Reply in JSON.\n<schema>\n${endless}\n</schema>`))['b']).toBe('open')
    const deep = `{"properties": ${'{"a": '.repeat(10_000)}1${'}'.repeat(10_000)}}`
    expect(() => formOf(`Reply in JSON.\n<schema>\n${deep}\n</schema>`)).not.toThrow()
    expect(() => formOf(`Reply in JSON with "a" and "b": ${'{'.repeat(100_000)}`)).not.toThrow()
    const proto = formOf('Reply in JSON: {"__proto__": "...", "constructor": "..."}')
    expect(proto?.fields.map(({ name }) => name)).toEqual(['__proto__', 'constructor'])
  })
})
