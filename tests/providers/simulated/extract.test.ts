import { describe, expect, it } from 'vitest'
import SimulatedModel from '../../../providers/simulated/index.ts'

type Facts = Record<string, unknown>

const LETTER =
  "This agreement is made on 2 May 2024 between Kestrel Boats Ltd and Nora Quist, sailmaker. It takes effect on 1 June 2024 and has a term of two (2) years. The price is EUR 4,200. Either party may end it by giving six weeks' notice. It is governed by the laws of Norway."
const KEYS = '"parties", "effective_date", "end_date", "term", "notice_period", "governing_law", "prices"'

async function reply(prompt: string, profile = 'sonnet'): Promise<string> {
  const model = new SimulatedModel({ config: { profile, temperature: 0, timeScale: 0, seed: 1 } })
  return String((await model.callApi(prompt)).output)
}

async function facts(instruction: string, text: string, profile = 'sonnet'): Promise<Facts> {
  const said = await reply(`${instruction}\n\n<contract>\n${text}\n</contract>`, profile)
  return JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)) as Facts
}

const SHOWN = `Reply in JSON with the keys ${KEYS}.

<example>
<contract>
Signed by Alba Ropes GmbH and Tern Ltd. From 3 April 2021 to 2 April 2022, EUR 5 a piece, three months' notice, two years' term, law of Spain.
</contract>
<facts>
{"parties": ["Alba Ropes GmbH"], "effective_date": "2021-04-03", "end_date": "2022-04-02", "term": {"value": 2, "unit": "years"}, "notice_period": {"value": 3, "unit": "months"}, "governing_law": "Spain", "prices": [{"amount": 5, "currency": "EUR"}]}
</facts>
</example>`

describe('details of a text', () => {
  it('are told as they are written where only keys are named', async () => {
    expect(await facts(`Reply in JSON with the keys ${KEYS}.`, LETTER)).toEqual({
      parties: ['Kestrel Boats Ltd', 'Nora Quist'],
      effective_date: '1 June 2024',
      end_date: null,
      term: 'two (2) years',
      notice_period: 'six weeks',
      governing_law: 'the laws of Norway',
      prices: ['EUR 4,200'],
    })
  })

  it('are told in the form that an example shows', async () => {
    expect(await facts(SHOWN, LETTER)).toEqual({
      parties: ['Kestrel Boats Ltd', 'Nora Quist'],
      effective_date: '2024-06-01',
      end_date: null,
      term: { value: 2, unit: 'years' },
      notice_period: { value: 6, unit: 'weeks' },
      governing_law: 'Norway',
      prices: [{ amount: 4200, currency: 'EUR' }],
    })
  })

  it('are told in the form that a schema demands', async () => {
    const schema = {
      properties: {
        delivery_date: { type: 'string', format: 'date' },
        total_price: { type: 'number' },
        warranty_period: {
          properties: { value: { type: 'integer' }, unit: { enum: ['month', 'year'] } },
        },
      },
    }
    const text =
      'Delivery takes place by March 9, 2023. The total price is $1.5 million. The warranty lasts 18 months.'
    expect(await facts(`Reply in JSON.\n<schema>\n${JSON.stringify(schema)}\n</schema>`, text)).toEqual({
      delivery_date: '2023-03-09',
      total_price: 1_500_000,
      warranty_period: { value: 18, unit: 'month' },
    })
  })

  it('are found in other texts than contracts too', async () => {
    const mail =
      'Hello, my order QX-7741 arrived broken. I paid £39.90 for it on 4 July 2025. Please write to ann@example.org.'
    const told = await facts(
      'Reply in JSON with the keys "order_number", "price", "email" and "purchase_date".',
      mail,
    )
    expect(told).toMatchObject({ order_number: 'QX-7741', price: '£39.90', email: 'ann@example.org' })
  })

  it('are null, or an empty list, where the text has none', async () => {
    const told = await facts(SHOWN, 'The boats are white. They smell of tar.')
    expect(told).toEqual({
      parties: [],
      effective_date: null,
      end_date: null,
      term: null,
      notice_period: null,
      governing_law: null,
      prices: [],
    })
  })

  it.each([
    ['renewal', 'The contract renews automatically each year.', ['auto_renewal']],
    ['renewal that is denied', 'The contract shall not be renewed automatically.', []],
    ['a prohibition', 'The Seller shall not work for a business that competes with it.', ['non_compete']],
    ['a permission', 'The Seller is free to compete with it.', []],
    ['no limit', 'Its liability is not limited in amount.', ['unlimited_liability']],
    ['a limit', 'Its liability is limited to EUR 5,000.', []],
  ])('are chosen from a list by what their names mean: %s', async (_, text, expected) => {
    const told = await facts(
      'Reply in JSON with the keys "price" and "risks".\n- risks: any of auto_renewal, non_compete, unlimited_liability',
      text,
    )
    expect(told['risks']).toEqual(expected)
  })

  it.each([
    ['the works', '2024-05-01'],
    ['the tenancy', '2024-06-01'],
  ])('are told apart by what a schema says of them: %s', async (what, expected) => {
    const schema = {
      properties: {
        start_date: { type: 'string', format: 'date', description: `day on which ${what} begin` },
        price: { type: 'number' },
      },
    }
    const text = 'The start of the works is 1 May 2024. The start of the tenancy is 1 June 2024.'
    const told = await facts(`Reply in JSON.\n<schema>\n${JSON.stringify(schema)}\n</schema>`, text)
    expect(told['start_date']).toBe(expected)
  })

  it.each([
    ['It is worn and has deep scratches.', 'used'],
    ['Nobody has ever opened its wrapping.', 'new'],
  ])('are the one choice that fits best: %s', async (text, expected) => {
    const schema = {
      properties: {
        price: { type: 'number' },
        state: {
          oneOf: [
            { const: 'new', description: 'nobody has opened the wrapping' },
            { const: 'used', description: 'worn, with scratches' },
          ],
        },
      },
    }
    const told = await facts(`Reply in JSON.\n<schema>\n${JSON.stringify(schema)}\n</schema>`, text)
    expect(told['state']).toBe(expected)
  })

  it('are chosen less readily where an example shows that the like of it does not count', async () => {
    const instruction =
      'Reply in JSON with the keys "price" and "risks".\n- risks: any of auto_renewal, exclusivity, non_compete'
    const example =
      '<example>\n<contract>\nThe courts of Graz have exclusive jurisdiction.\n</contract>\n<facts>\n{"price": null, "risks": []}\n</facts>\n</example>'
    const text = 'The courts of Riga have exclusive jurisdiction.'
    expect((await facts(instruction, text))['risks']).toEqual(['exclusivity'])
    expect((await facts(`${instruction}\n\n${example}`, text))['risks']).toEqual([])
  })

  it('that stand in the same sentence as what is taken back are kept, if they hold in its place', async () => {
    const text = 'Clause 2 no longer applies: the agreement takes effect on 15 October 2024.'
    const told = await facts('Reply in JSON with the keys "effective_date" and "parties".', text)
    expect(told['effective_date']).toBe('15 October 2024')
  })

  it('that a text takes back are left out, by sonnet more often than by flash', async () => {
    const left = async (profile: string): Promise<number> => {
      const told = await Promise.all(
        Array.from({ length: 80 }, (_, index) =>
          facts(
            'Reply in JSON with the keys "prices" and "parties".',
            `The price is now EUR ${500 + index}. The sum of EUR 900 that stood in the offer no longer applies.`,
            profile,
          ),
        ),
      )
      return told.filter(({ prices }) => !JSON.stringify(prices).includes('EUR 900')).length / told.length
    }
    expect(await left('sonnet')).toBeGreaterThan(0.85)
    expect(await left('flash')).toBeLessThan(0.6)
  })

  it('that a correction does not accept are not given again', async () => {
    const asked =
      'Reply in JSON with the keys "effective_date" and "parties".\n\n<contract>\nIt takes effect on 1 June 2024. The effective date is 3 June 2024.\n</contract>'
    const first = await reply(asked)
    const given = (JSON.parse(first) as Facts)['effective_date']
    const turns = [
      { role: 'user', content: asked },
      { role: 'assistant', content: first },
      { role: 'user', content: 'Your answer did not pass: effective_date is wrong. Try again.' },
    ]
    const second = JSON.parse(await reply(JSON.stringify(turns))) as Facts
    expect(new Set([given, second['effective_date']])).toEqual(new Set(['1 June 2024', '3 June 2024']))
  })

  it('are sometimes overlooked, by flash more often than by sonnet', async () => {
    const complete = async (profile: string): Promise<number> => {
      const told = await Promise.all(
        Array.from({ length: 80 }, (_, index) => facts(SHOWN, `${LETTER} Ref ${index}.`, profile)),
      )
      return (
        told.filter(({ prices, term }) => term !== null && (prices as unknown[]).length === 1).length / 80
      )
    }
    const [flash, sonnet] = [await complete('flash'), await complete('sonnet')]
    expect(sonnet).toBeGreaterThan(0.9)
    expect(flash).toBeLessThan(sonnet)
  })
})
