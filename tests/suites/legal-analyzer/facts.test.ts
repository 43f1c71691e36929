import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { normalDate } from '../../../assertions/shared/dates.ts'
import { periodsIn } from '../../../providers/simulated/answer/extract/periods.ts'
import documents from '../../../suites/legal-analyzer/documents.ts'
import type { Facts } from './suite.ts'
import { cases, clauses, contracts, read } from './suite.ts'

const schema = JSON.parse(read('facts.schema.json')) as { required: string[] }
const validate = withFormats(new Ajv()).compile(schema)

describe('the clauses and contracts', () => {
  it('are at least 40 clauses and 8 whole contracts, each with its own id', () => {
    expect(clauses.length).toBeGreaterThanOrEqual(40)
    expect(contracts).toHaveLength(8)
    expect(new Set(cases.map(({ metadata }) => metadata.id)).size).toBe(cases.length)
  })

  it('are contracts of 600 to 1,500 words, and clauses of a few sentences', () => {
    for (const { vars, metadata } of contracts) {
      const words = vars.contract.split(/\s+/).length
      expect([metadata.id, words >= 600 && words <= 1500]).toEqual([metadata.id, true])
    }
    for (const { vars } of clauses) expect(vars.contract.split(/\s+/).length).toBeLessThan(80)
  })

  it('expect facts that fit the schema', () => {
    for (const { metadata, vars } of cases) {
      expect([metadata.id, validate(withNulls(vars.expected)), validate.errors]).toEqual([
        metadata.id,
        true,
        null,
      ])
    }
  })

  it('say what is expected of them: each name, date, law, period and sum stands in the text', () => {
    for (const { metadata, vars } of cases) {
      const { parties = [], effective_date, end_date, term, notice_period } = vars.expected
      const { governing_law, amounts = [] } = vars.expected
      const texts = [...parties, ...(governing_law === undefined ? [] : [governing_law])]
      expect([metadata.id, texts.filter((text) => !vars.contract.includes(text))]).toEqual([metadata.id, []])
      const dates = datesOf(vars.contract)
      for (const date of [effective_date, end_date]) if (date !== undefined) expect(dates).toContain(date)
      const figures = vars.contract.replaceAll(/(?<=\d),(?=\d{3})/g, '')
      for (const { amount } of amounts) expect(figures).toContain(String(amount))
      const periods = periodsIn(vars.contract).map(({ number, unit }) => ({ value: number, unit }))
      for (const period of [term, notice_period])
        if (period !== undefined) expect(periods).toContainEqual(period)
    }
  })

  it('set traps: a fifth of the clauses and every contract hold something that looks like a fact and is none', () => {
    const trapped = clauses.filter(({ metadata }) => metadata.tags.includes('trap'))
    expect(trapped.length).toBeGreaterThanOrEqual(clauses.length / 5)
    for (const { vars } of contracts) {
      const { effective_date = '' } = vars.expected
      const others = datesOf(vars.contract).filter((date) => date !== effective_date)
      const isDenied = /\bnot (?:\w+ )?(?:renew|limited|entitled|subject|assign)/.test(vars.contract)
      expect(others.length > 0 || isDenied).toBe(true)
    }
  })

  it('hold nothing that promptfoo would render or load', () => {
    for (const { vars } of cases) expect(vars.contract).not.toMatch(/\{\{|\{%|\{#|^file:/)
  })
})

describe('the contract that is a PDF', () => {
  const contract = contracts.find(({ metadata }) => metadata.tags.includes('pdf'))?.vars.contract ?? ''

  it('has the words of the HTML it was printed from, a paragraph a line, and no page numbers', () => {
    const html = read('documents/consulting.html').replace(/^[^]*?<\/style>/, '')
    expect(words(contract)).toEqual(words(html.replaceAll(/<[^>]+>/g, ' ')))
    const numbered = contract.split('\n').filter((line) => /^\d+\.\d+ /.test(line))
    expect(numbered).toHaveLength(html.match(/<p>\s*\d+\.\d+ /g)?.length ?? 0)
    expect(contract).not.toMatch(/Page \d/)
  })

  it('is read alike each time', async () => {
    expect(await documents()).toEqual(contracts)
  })
})

describe('the prompts', () => {
  const fewShot = read('prompts/few-shot.txt')

  it('show the schema that replies are held to', () => {
    const shown = /<schema>([^]*)<\/schema>/.exec(read('prompts/schema-first.txt'))?.[1] ?? ''
    expect(JSON.parse(shown)).toEqual(schema)
  })

  it('show examples that fit the schema, and state each their facts', () => {
    const examples = [...fewShot.matchAll(/<contract>\n(.*)\n<\/contract>\n<facts>\n(.*)\n<\/facts>/g)]
    expect(examples).toHaveLength(4)
    for (const [, text = '', facts = ''] of examples) {
      const shown = JSON.parse(facts) as Facts
      expect([facts, validate(shown)]).toEqual([facts, true])
      for (const party of shown.parties ?? []) expect(text).toContain(party)
    }
  })

  it('show no example that is taken from the cases, but for the phrases that all contracts share', () => {
    const known = new Set(cases.flatMap(({ vars }) => shingles(vars.contract)))
    const examples = fewShot.slice(fewShot.indexOf('Some texts'))
    expect(shingles(examples).filter((shingle) => known.has(shingle))).toEqual([])
  })

  it('differ, zero-shot and few-shot, in nothing but the examples', () => {
    const [before = '', after = ''] = fewShot.split(/Some texts and the facts in them:[^]*Now this one\.\s*/)
    expect(before + after).toBe(read('prompts/zero-shot.txt'))
  })
})

function withNulls(expected: Facts): Record<string, unknown> {
  const lists = new Set(['parties', 'amounts', 'risks'])
  return {
    ...Object.fromEntries(schema.required.map((key) => [key, lists.has(key) ? [] : null])),
    ...expected,
  }
}

/** `ajv-formats` is CommonJS: its default export is a namespace to TypeScript. */
function withFormats(ajv: Ajv): Ajv {
  ;(formats as unknown as (ajv: Ajv) => void)(ajv)
  return ajv
}

/** Every date that a text writes out, by the calendar. */
function datesOf(text: string): (string | undefined)[] {
  const written = /\b\d{1,2} [A-Z][a-z]+ \d{4}\b|\b[A-Z][a-z]+ \d{1,2}, \d{4}\b/g
  return [...text.matchAll(written)].map(([date]) => normalDate(date))
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
}

/** Runs of eight words: shorter ones ("without the prior written consent of the") are in every contract. */
function shingles(text: string): string[] {
  const all = words(text)
  return all.slice(7).map((_, index) => all.slice(index, index + 8).join(' '))
}
