import { beforeAll, describe, expect, it } from 'vitest'
import extraction from '../../../assertions/extraction.ts'
import SimulatedModel from '../../../providers/simulated/index.ts'
import { cases, checkOf, read } from './suite.ts'

const REPEATS = 3
/** Standard errors beyond which noise would come one time in a hundred. */
const BEYOND_NOISE = 2.58

describe('the simulated models on the suite', () => {
  const scores = new Map<string, number[]>()

  beforeAll(async () => {
    const shuffled = withForeignFacts(read('prompts/few-shot.txt'))
    for (const profile of ['flash', 'sonnet']) {
      for (const prompt of ['zero-shot', 'few-shot', 'schema-first']) {
        scores.set(`${prompt} ${profile}`, await f1(profile, read(`prompts/${prompt}.txt`)))
      }
      scores.set(`foreign ${profile}`, await f1(profile, shuffled))
    }
  })

  it.each(['flash', 'sonnet'])(
    'do better with examples or a schema than with neither, by more than noise: %s',
    (profile) => {
      expect(standardErrors(scores, `few-shot ${profile}`, `zero-shot ${profile}`)).toBeGreaterThan(
        BEYOND_NOISE,
      )
      expect(standardErrors(scores, `schema-first ${profile}`, `zero-shot ${profile}`)).toBeGreaterThan(
        BEYOND_NOISE,
      )
    },
  )

  it.each(['few-shot', 'schema-first'])(
    'are better as sonnet than as flash, by more than noise: %s',
    (prompt) => {
      expect(standardErrors(scores, `${prompt} sonnet`, `${prompt} flash`)).toBeGreaterThan(BEYOND_NOISE)
    },
  )

  it.each(['flash', 'sonnet'])('do worse when the examples show another form: %s', (profile) => {
    expect(standardErrors(scores, `few-shot ${profile}`, `foreign ${profile}`)).toBeGreaterThan(BEYOND_NOISE)
  })

  it('reach the F1 that the README tells', () => {
    const readme = read('README.md')
    for (const prompt of ['zero-shot', 'few-shot', 'schema-first']) {
      const row = ['flash', 'sonnet'].map((profile) =>
        mean(scores.get(`${prompt} ${profile}`) ?? []).toFixed(3),
      )
      expect(readme).toContain(`| ${prompt} | ${row.join(' | ')} |`)
    }
  })
})

/** F1 of each case, over the repeats. */
async function f1(profile: string, template: string): Promise<number[]> {
  const model = new SimulatedModel({ config: { profile, seed: 1, timeScale: 0 } })
  const { config } = checkOf('suite.yaml', 'facts')
  const prompt = template.trimEnd()
  return Promise.all(
    cases.map(async ({ vars }) => {
      const rendered = prompt.replace('{{contract}}', () => vars.contract)
      const replies = await Promise.all(
        Array.from({ length: REPEATS }, (_, repeatIndex) => model.callApi(rendered, { repeatIndex })),
      )
      return mean(replies.map(({ output }) => extraction(output, { config, vars: { ...vars } }).score))
    }),
  )
}

/** The same examples, their dates and sums written as nobody wants them. */
function withForeignFacts(prompt: string): string {
  return prompt
    .replaceAll(/"(\d{4})-(\d{2})-(\d{2})"/g, '"$3/$2/$1"')
    .replaceAll(/\{"amount":(\d+),"currency":"(\w+)"\}/g, '"$2 $1"')
    .replaceAll(/\{"value":(\d+),"unit":"(\w+)"\}/g, '"$1 $2"')
}

/** The mean paired difference in units of its own standard error. */
function standardErrors(scores: ReadonlyMap<string, number[]>, better: string, worse: string): number {
  const other = scores.get(worse) ?? []
  const differences = (scores.get(better) ?? []).map((score, index) => score - (other[index] ?? Number.NaN))
  const centre = mean(differences)
  const variance = mean(differences.map((difference) => (difference - centre) ** 2))
  return centre / Math.sqrt(variance / differences.length)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
