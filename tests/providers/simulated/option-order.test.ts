import { describe, expect, it } from 'vitest'
import SimulatedModel from '../../../providers/simulated/index.ts'

const OPTIONS = [
  '- billing: charges, payments, invoices and refunds',
  '- delivery: parcels on their way, tracking, damage in transit',
  '- repairs: devices that are broken, warranty, spare parts',
]
const EXAMPLES = `Ticket: My card was charged 17 euros too much.
Department: billing

Ticket: The parcel has not moved in the tracking for a week.
Department: delivery

Ticket: The oven stays cold, and it is under warranty.
Department: repairs

Ticket: There is no stamp on the letter that came with it.
Department: repairs

`
/** About none of the options. */
const TICKETS = Array.from(
  { length: 40 },
  (_, index) => `Ticket: I wrote to you on the ${index}th, and nobody replied.`,
)

const FORWARDS = OPTIONS.join('\n')
const BACKWARDS = OPTIONS.toReversed().join('\n')

/** How often a label is the answer, over all tickets. */
async function chosen(label: string, profile: string, options: string, examples = ''): Promise<number> {
  const model = new SimulatedModel({ config: { profile, temperature: 0.2, timeScale: 0 } })
  const replies = await Promise.all(
    TICKETS.map(async (ticket) => {
      const prompt = `Classify the ticket by department.\n\n${options}\n\n${examples}${ticket}\nDepartment:`
      return String((await model.callApi(prompt)).output)
    }),
  )
  return replies.filter((reply) => reply.toLowerCase().includes(label)).length
}

/** How much more often the outer options are chosen at the beginning of the list than at its end. */
async function pull(profile: string, examples = ''): Promise<number> {
  const [billingFirst, billingLast, repairsFirst, repairsLast] = await Promise.all([
    chosen('billing', profile, FORWARDS, examples),
    chosen('billing', profile, BACKWARDS, examples),
    chosen('repairs', profile, BACKWARDS, examples),
    chosen('repairs', profile, FORWARDS, examples),
  ])
  return billingFirst - billingLast + repairsFirst - repairsLast
}

describe('the order in which options are defined', () => {
  it('pulls flash towards the first one, whichever that is', async () => {
    expect(await chosen('billing', 'flash', FORWARDS)).toBeGreaterThan(
      await chosen('billing', 'flash', BACKWARDS),
    )
    expect(await chosen('repairs', 'flash', BACKWARDS)).toBeGreaterThan(
      await chosen('repairs', 'flash', FORWARDS),
    )
  })

  it('pulls sonnet less', async () => {
    expect(await pull('sonnet')).toBeLessThan(await pull('flash'))
  })

  it('pulls less once the prompt shows examples', async () => {
    expect(await pull('flash', EXAMPLES)).toBeLessThan(await pull('flash'))
  })
})
