import { describe, expect, it } from 'vitest'
import grounded from '../../../assertions/grounded.ts'
import questions from '../../../suites/legal-analyzer/questions.ts'
import { checkOf } from './suite.ts'

interface Question {
  readonly metadata: { readonly id: string; readonly tags: readonly string[] }
  readonly vars: {
    readonly contract: string
    readonly question: string
    readonly clauses: readonly { readonly id: string; readonly text: string }[]
  }
  /** The ways to say it that count as correct, and the clause to be cited, where there is one. */
  readonly assert: readonly [{ readonly value: readonly string[] }, { readonly value: string }?]
}

const asked = (await questions()) as Question[]

describe('the questions', () => {
  it('are five on each contract, one of which it does not answer', () => {
    const byContract = Map.groupBy(asked, ({ metadata }) => metadata.tags[1])
    expect(byContract.size).toBe(8)
    for (const group of byContract.values()) {
      expect(group).toHaveLength(5)
      expect(group.filter(({ metadata }) => metadata.tags.includes('unanswered'))).toHaveLength(1)
    }
  })

  it('have their answer in the clause that is to be cited, and there alone', () => {
    for (const { assert, vars, metadata } of asked) {
      const [{ value }, cited] = assert
      if (cited === undefined) continue
      const holding = vars.clauses.filter(({ text }) => text.includes(value[0] ?? ''))
      expect([metadata.id, holding.map(({ id }) => `[${id}]`)]).toEqual([metadata.id, [cited.value]])
    }
  })

  it('that are not answered are not, in any words that would count as saying so', () => {
    const silent = asked.filter(({ assert }) => assert[1] === undefined)
    expect(silent).toHaveLength(8)
    for (const { vars, assert } of silent) {
      expect('The contract does not say.').toContain(assert[0].value[0])
      expect(assert[0].value.filter((way) => vars.contract.includes(way))).toEqual([])
    }
  })

  it.each([
    ['nda-3', "30 days' notice ends it.", '45 days'],
    ['lease-2', 'It takes effect on October 15, 2024.', 'October 1, 2024'],
    ['supply-3', 'It is limited to €750,000 per event.', '€75,000'],
    ['loan-2', 'The Loan bears 6.85% a year.', '6.58%'],
    ['nda-5', 'The contract does not mention any insurance.', 'It must hold liability insurance.'],
  ])('are answered as well in other words than those of the contract: %s', (id, right, wrong) => {
    const ways = asked.find(({ metadata }) => metadata.id === id)?.assert[0].value ?? []
    const isCorrect = (reply: string): boolean =>
      ways.some((way) => reply.toLowerCase().includes(way.toLowerCase()))
    expect([isCorrect(right), isCorrect(wrong)]).toEqual([true, false])
  })

  it('are answered by the clause itself, as the check of groundedness sees it, and not by a figure that is nowhere', async () => {
    const { config } = checkOf('suite.questions.yaml', 'grounded')
    for (const { assert, vars, metadata } of asked) {
      const [, cited] = assert
      if (cited === undefined) continue
      const text = vars.clauses.find(({ id }) => `[${id}]` === cited.value)?.text ?? ''
      const own = await grounded(`${text} ${cited.value}`, { config, vars: { ...vars } })
      const other = await grounded(`The penalty is EUR 987,654. ${cited.value}`, {
        config,
        vars: { ...vars },
      })
      expect([metadata.id, own.pass, other.pass]).toEqual([metadata.id, true, false])
    }
  })
})
