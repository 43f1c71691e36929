import type { CheckContext } from '../../harness/model/custom-check.ts'

/** A check of `assertions/` by name, and what it is given: a reply of about 2 KB and its context. */
export interface CheckCase {
  readonly name: string
  readonly output: unknown
  readonly context: CheckContext
  /** Another context for every reply, where the check remembers what it made of one. */
  readonly fresh?: (reply: number) => CheckContext
}

const SENTENCES = [
  'The agreement between Alder Logistics Ltd and Brookfield Foods plc begins on 3 May 2024.',
  'The monthly fee is $4,500, payable within 30 days of the invoice [2].',
  'Either party may end it with 60 days of written notice, but not before 1 January 2025.',
  'Liability is capped at the fees of twelve months and never covers lost profit.',
  'It is governed by the laws of England and Wales, and the courts of London decide.',
  'The supplier keeps the goods insured and tells the customer of any loss within 5 days.',
]
const PROSE = Array.from({ length: 4 }, () => SENTENCES.join(' ')).join('\n\n')
const DOCUMENTS = SENTENCES.map((text, i) => ({ id: String(i + 1), text: `${text} ${SENTENCES.join(' ')}` }))

const PARTIES = Array.from({ length: 12 }, (_, i) => ({
  name: `Party number ${i} Ltd`,
  role: i % 2 === 0 ? 'supplier' : 'customer',
  signed: `2024-05-${String(i + 10)}`,
  fee: 1000 + i,
}))
const RECORD = JSON.stringify({ title: 'Supply agreement', notes: PROSE.slice(0, 800), parties: PARTIES })
const RECORD_SCHEMA = {
  type: 'object',
  required: ['title', 'parties'],
  properties: {
    title: { type: 'string' },
    notes: { type: 'string' },
    parties: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'role', 'signed', 'fee'],
        properties: {
          name: { type: 'string' },
          role: { enum: ['supplier', 'customer'] },
          signed: { type: 'string', format: 'date' },
          fee: { type: 'number' },
        },
      },
    },
  },
}
const CALLS = Array.from({ length: 8 }, (_, i) => ({
  id: `call_${i}`,
  type: 'function',
  function: {
    name: i % 2 === 0 ? 'find_order' : 'refund',
    arguments: JSON.stringify({ order_id: `A-${i}`, note: PROSE.slice(0, 120) }),
  },
}))

const reply = (name: string, config: Record<string, unknown>, more: Partial<CheckCase> = {}): CheckCase => ({
  name,
  output: PROSE,
  context: { config, vars: {}, prompt: PROSE },
  ...more,
})

export const CHECK_CASES: readonly CheckCase[] = [
  reply('schema', { schema: RECORD_SCHEMA }, { output: RECORD }),
  reply(
    'extraction',
    {
      expected: { title: 'Supply agreement', notes: PROSE.slice(0, 800), parties: PARTIES.toReversed() },
      normalise: { 'parties[].name': 'name', 'parties[].signed': 'date', 'parties[].fee': 'money' },
    },
    { output: RECORD },
  ),
  reply('classification', { labels: ['renewal', 'liability', 'termination'], expected: 'liability' }),
  reply('grounded', { context: DOCUMENTS }),
  reply(
    'grounded',
    {},
    {
      fresh: (n) => ({
        config: { context: DOCUMENTS.map(({ id, text }) => ({ id, text: `${text} Copy ${n}.` })) },
      }),
    },
  ),
  reply('retrieval', { relevant: ['1', '4'], retrieved: ['3', '1', '2', '4'], k: [1, 5] }),
  reply('position', { expected: 'twelve months', depth: 0.5 }),
  reply('injection', { canary: 'KESTREL-41-MOSS', family: 'direct', expected: 'monthly fee' }),
  reply('tools', { expected: ['find_order', 'refund'], order: 'subset' }, { output: CALLS }),
  reply('consistency', { group: 'g', relation: 'original', by: 'text' }),
  reply('refusal', { expect: 'comply' }),
  reply('pii', {}),
  reply('caching', {}, { context: { providerResponse: { tokenUsage: { prompt: 1200, completion: 300 } } } }),
  reply('language', { expected: 'en' }),
  reply('length', { words: { max: 500 } }),
  reply('format', { noPreamble: true, regex: 'agreement.*England', lines: { max: 40 } }),
]
