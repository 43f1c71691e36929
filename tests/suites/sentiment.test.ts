import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import SimulatedModel from '../../providers/simulated/index.ts'

const SUITE = join(import.meta.dirname, '../../suites/sentiment')
const LABELS = ['positive', 'negative', 'neutral', 'mixed']
const REPEATS = 3

interface Mail {
  readonly '__metadata:id': string
  readonly '__metadata:tags[]': string
  readonly __description: string
  readonly email: string
  readonly label: string
}

const mails = parse<Mail>(readFileSync(join(SUITE, 'emails.csv')), { columns: true })
const zeroShot = readFileSync(join(SUITE, 'prompts/zero-shot.txt'), 'utf8').trimEnd()
const fewShot = readFileSync(join(SUITE, 'prompts/few-shot.txt'), 'utf8').trimEnd()

describe('the e-mails', () => {
  it('are at least 150, each with its own id, description and text', () => {
    expect(mails.length).toBeGreaterThanOrEqual(150)
    for (const key of ['__metadata:id', '__description', 'email'] as const) {
      expect(new Set(mails.map((mail) => mail[key])).size).toBe(mails.length)
    }
  })

  it('carry one of the four labels, each on at least a fifth of them', () => {
    expect(new Set(mails.map(({ label }) => label))).toEqual(new Set(LABELS))
    for (const label of LABELS) {
      expect(mails.filter((mail) => mail.label === label).length).toBeGreaterThanOrEqual(mails.length / 5)
    }
  })

  it('have 12 that are critical', () => {
    expect(mails.filter((mail) => mail['__metadata:tags[]'].split(',').includes('critical'))).toHaveLength(12)
  })

  it('hold nothing that promptfoo would render or load', () => {
    for (const { email } of mails) expect(email).not.toMatch(/\{\{|\{%|\{#|^file:/)
  })
})

describe('the prompts', () => {
  it('show no example that is taken from the e-mails', () => {
    const known = new Set(mails.flatMap(({ email }) => shingles(email)))
    expect(shingles(mails[0]?.email ?? '').length).toBeGreaterThan(20)
    expect(shingles(fewShot).filter((shingle) => known.has(shingle))).toEqual([])
  })

  it('differ in nothing but the examples', () => {
    const [before = '', after = ''] = fewShot.split(/Here are some examples\.[^]*Now this one\.\s*/)
    expect(before + after).toBe(zeroShot)
  })
})

describe('the simulated models on the suite', () => {
  const rates = new Map<string, number[]>()

  beforeAll(async () => {
    const columns = { 'zero-shot': zeroShot, 'few-shot': fewShot, shuffled: withShuffledLabels(fewShot) }
    for (const profile of ['flash', 'sonnet']) {
      const model = new SimulatedModel({ config: { profile, seed: 1, timeScale: 0 } })
      for (const [name, template] of Object.entries(columns)) {
        rates.set(`${name} ${profile}`, await passRates(model, template))
      }
    }
  })

  it.each(['flash', 'sonnet'])('do better with examples than without, by more than noise: %s', (profile) => {
    expect(standardErrors(rates, `few-shot ${profile}`, `zero-shot ${profile}`)).toBeGreaterThan(2)
  })

  it.each(['zero-shot', 'few-shot'])(
    'are better as sonnet than as flash, by more than noise: %s',
    (prompt) => {
      expect(standardErrors(rates, `${prompt} sonnet`, `${prompt} flash`)).toBeGreaterThan(2)
    },
  )

  it.each(['flash', 'sonnet'])(
    'do worse when the labels of the examples are shuffled in the prompt: %s',
    (profile) => {
      expect(standardErrors(rates, `few-shot ${profile}`, `shuffled ${profile}`)).toBeGreaterThan(2)
    },
  )

  it.each(['flash', 'sonnet'])('pass as often as the documentation says: %s', (profile) => {
    const docs = readFileSync(join(SUITE, '../../docs/simulated-models.md'), 'utf8')
    const cells = ['zero-shot', 'few-shot'].map((prompt) => percent(rates.get(`${prompt} ${profile}`) ?? []))
    expect(docs).toContain(`| ${profile} | ${cells.join(' | ')} |`)
  })

  it('leave room above and below: no column passes everything or nothing', () => {
    for (const cases of rates.values()) {
      expect(mean(cases)).toBeGreaterThan(0.2)
      expect(mean(cases)).toBeLessThan(0.95)
    }
  })
})

/** Pass rate over the repeats, per e-mail. */
async function passRates(model: SimulatedModel, template: string): Promise<number[]> {
  return Promise.all(
    mails.map(async ({ email, label }) => {
      const prompt = template.replace('{{email}}', () => email)
      const replies = await Promise.all(
        Array.from({ length: REPEATS }, (_, repeatIndex) => model.callApi(prompt, { repeatIndex })),
      )
      return mean(replies.map(({ output }) => (output === label ? 1 : 0)))
    }),
  )
}

/** The mean paired difference in units of its own standard error. */
function standardErrors(rates: ReadonlyMap<string, number[]>, better: string, worse: string): number {
  const other = rates.get(worse) ?? []
  const differences = (rates.get(better) ?? []).map((rate, index) => rate - (other[index] ?? Number.NaN))
  const centre = mean(differences)
  const variance = mean(differences.map((difference) => (difference - centre) ** 2))
  return centre / Math.sqrt(variance / differences.length)
}

function percent(rates: readonly number[]): string {
  return `${(100 * mean(rates)).toFixed(1)} %`
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The same examples and the same answers, handed out anew: each goes five examples on. */
function withShuffledLabels(prompt: string): string {
  const answer = /^Sentiment: (\w+)$/gm
  const labels = [...prompt.matchAll(answer)].map(([, label]) => label)
  let index = 0
  return prompt.replace(answer, () => `Sentiment: ${labels[(index++ + 5) % labels.length]}`)
}

/** Runs of six words. */
function shingles(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
  return words.slice(5).map((_, index) => words.slice(index, index + 6).join(' '))
}
