import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A ticket, worded in several ways. */
interface Ticket {
  readonly id: string
  readonly department: string
  readonly original: string
  readonly paraphrases: readonly string[]
}

/** In the order in which the prompts list them, but for the cases that turn it round. */
const DEPARTMENTS = [
  '- billing: charges, payments, invoices, discounts, and refunds that have not arrived',
  '- delivery: parcels on their way, tracking, delivery dates and addresses, damage in transit',
  '- returns: sending goods back, exchanges, wrong items, cancelled orders',
  '- repairs: devices that are broken or do not work, warranty, spare parts, instructions for use',
  '- account: signing in, passwords, personal data, e-mail addresses, newsletters',
]

/** Each ticket as it was written, in its other wordings, and as it was written with the departments in reverse order. */
export default function cases(): object[] {
  const tickets = parse(readFileSync(new URL('tickets.yaml', import.meta.url), 'utf8')) as readonly Ticket[]
  return tickets.flatMap(({ id, department, original, paraphrases }) => {
    const test = (name: string, relation: string, ticket: string, departments = DEPARTMENTS): object => ({
      description: `${id}, ${name}`,
      vars: { group: id, relation, department, departments: departments.join('\n'), ticket },
      metadata: { id: `${id}-${name}`, group: id, tags: [relation, department] },
    })
    const reworded = paraphrases.map((text, index) => test(`paraphrase-${index + 1}`, 'paraphrase', text))
    const reordered = test('reordered', 'reordered', original, DEPARTMENTS.toReversed())
    return [test('original', 'original', original), reworded, reordered].flat()
  })
}
