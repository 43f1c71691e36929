import { describe, expect, it } from 'vitest'
import SimulatedModel from '../../../providers/simulated/index.ts'

async function reply(prompt: string, profile = 'sonnet'): Promise<string> {
  const model = new SimulatedModel({ config: { profile, temperature: 0, timeScale: 0, seed: 1 } })
  return String((await model.callApi(prompt)).output)
}

describe('an answer about a numbered text', () => {
  const CONTRACT =
    '1. Money\n1.1 The fee is EUR 700. It is paid yearly.\n1.2 The deposit is EUR 80.\n2. Use\n2.1 The Member shall not lend the key to others.'
  const asked = (how: string, question: string, extra = ''): string =>
    `Answer the question ${how}. Cite the clause by its number, like [4.2].${extra}\n\n<contract>\n${CONTRACT}\n</contract>\n\nQuestion: ${question}\nAnswer:`

  it('cites the number of the clause it rests on, nearly always', async () => {
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        reply(asked('with the sentence that says it', 'How much is the deposit?', ` Case ${index}.`)),
      ),
    )
    expect(replies.filter((said) => said === 'The deposit is EUR 80. [1.2]').length).toBeGreaterThan(34)
  })

  it('cites the clause before it now and then', async () => {
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        reply(
          asked('with the sentence that says it', 'How much is the deposit?', ` Case ${index}.`),
          'flash',
        ),
      ),
    )
    expect(replies).toContain('The deposit is EUR 80. [1.1]')
  })

  it('may lose a "not" when it is told in other words', async () => {
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        reply(asked('in your own words', 'To whom may the Member lend the key?', ` Case ${index}.`), 'flash'),
      ),
    )
    expect(replies).toContain('The Member must lend the key to others. [2.1]')
  })

  it('is told in other words when it is asked to be', async () => {
    expect(await reply(asked('in your own words', 'To whom may the Member lend the key?'))).toBe(
      'The Member must not lend the key to others. [2.1]',
    )
  })

  it('slips when it is told in other words, by flash more often than by sonnet, and never when it is quoted', async () => {
    const slips = async (how: string, profile: string): Promise<number> => {
      const replies = await Promise.all(
        Array.from({ length: 300 }, (_, index) =>
          reply(asked(how, 'How much is the deposit?', ` Case ${index}.`), profile),
        ),
      )
      return replies.filter((said) => !said.includes('EUR 80')).length / replies.length
    }
    const [flash, sonnet] = [
      await slips('in your own words', 'flash'),
      await slips('in your own words', 'sonnet'),
    ]
    expect(flash).toBeGreaterThan(1.5 * sonnet)
    expect(sonnet).toBeGreaterThan(0)
    expect(await slips('with the sentence that says it', 'sonnet')).toBe(0)
  })
})
