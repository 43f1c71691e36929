import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { renderContext } from '../../assertions/position/contexts.ts'
import { locate } from '../../assertions/position/locate.ts'
import position from '../../assertions/position.ts'
import SimulatedModel from '../../providers/simulated/index.ts'
import type { Tokenizer } from '../../providers/simulated/tokens.ts'
import { loadTokenizer } from '../../providers/simulated/tokens.ts'
import cases from '../../suites/long-context/cases.ts'
import { NEEDLES, needleOf } from '../../suites/long-context/needles.ts'
import { bm25 } from '../../suites/long-context/prompts/bm25.ts'
import chunked from '../../suites/long-context/prompts/chunked.ts'
import type { PromptContext } from '../../suites/long-context/prompts/context.ts'
import { contextOf } from '../../suites/long-context/prompts/context.ts'
import stuffed from '../../suites/long-context/prompts/stuffed.ts'

interface LongContextCase {
  readonly vars: {
    readonly needle: string
    readonly depth: number
    readonly answer: string
    readonly wrong: string
    readonly relevant: string
  }
  readonly metadata: { readonly id: string }
}

const { prompts } = parse(
  readFileSync(join(import.meta.dirname, '../../suites/long-context/suite.yaml'), 'utf8'),
  {
    merge: true,
  },
) as { prompts: { config: { tokens: { flash: number; sonnet: number } } }[] }
const BUDGETS = prompts[0]?.config.tokens ?? { flash: 0, sonnet: 0 }
const WINDOWS = { flash: 16_384, sonnet: 65_536 }
const all = cases() as LongContextCase[]
const handbook = readFileSync(join(import.meta.dirname, '../../suites/long-context/handbook.txt'), 'utf8')

function contextFor({ vars }: LongContextCase, label: string): PromptContext {
  return { vars: { ...vars }, provider: { label }, config: { tokens: BUDGETS, chunks: 4 } }
}

describe('the facts and what they hide in', () => {
  it('stand once in each fifth of the context, each tenth has as many of them, each case its own id', () => {
    for (const { id } of NEEDLES) {
      const depths = all.filter(({ vars }) => vars.needle === id).map(({ vars }) => vars.depth)
      expect(depths.map((depth) => Math.floor(depth * 5))).toEqual([0, 1, 2, 3, 4])
    }
    const tenths = Map.groupBy(all, ({ vars }) => Math.floor(vars.depth * 10))
    expect(tenths.size).toBe(10)
    for (const [, own] of tenths) expect(own).toHaveLength(NEEDLES.length / 2)
    expect(new Set(all.map(({ metadata }) => metadata.id)).size).toBe(all.length)
  })

  it('are told by no paragraph of the handbook, nor are the wrong answers', () => {
    for (const { sentence, answer, wrong } of NEEDLES) {
      expect(sentence).toContain(answer)
      expect(handbook).not.toContain(answer)
      expect(handbook).not.toContain(wrong)
    }
  })

  it('have a distractor with another answer', () => {
    for (const { distractors, answer, wrong } of NEEDLES) {
      expect(distractors[0]).toContain(wrong)
      for (const distractor of distractors) expect(distractor).not.toContain(answer)
    }
  })

  it('is prose of at least 60 paragraphs, none twice, that no template language reads', () => {
    const paragraphs = handbook.trim().split('\n\n')
    expect(paragraphs.length).toBeGreaterThanOrEqual(60)
    expect(new Set(paragraphs).size).toBe(paragraphs.length)
    expect(handbook).not.toMatch(/\{\{|\{%|\{#|[<>]/)
  })

  it('an unknown fact is refused', () => {
    expect(() => needleOf('nonsense')).toThrow('there is no needle "nonsense"')
  })
})

describe('a stuffed prompt', () => {
  let tokenizer: Tokenizer
  beforeAll(async () => {
    tokenizer = await loadTokenizer()
  })

  it.each(['flash', 'sonnet'] as const)(
    'is as long as %s is given, fits its window, holds the fact once, where it should',
    (label) => {
      for (const one of all) {
        const prompt = stuffed(contextFor(one, label))
        const documents = renderContext(contextOf(contextFor(one, label)))
        const tokens = tokenizer.count(documents)
        expect(tokens).toBeLessThanOrEqual(BUDGETS[label])
        expect(tokens).toBeGreaterThan(BUDGETS[label] * 0.9)
        expect(tokenizer.count(prompt) + 512).toBeLessThan(WINDOWS[label])
        expect(documents.match(/<document /g)).toHaveLength(50)
        const found = locate(documents, needleOf(one.vars.needle).sentence)
        expect(found?.times).toBe(1)
        expect(Math.abs((found?.depth ?? -1) - one.vars.depth)).toBeLessThan(0.04)
      }
    },
  )

  it('is refused for a model that has no budget', () => {
    expect(() => stuffed(contextFor(all[0] as LongContextCase, 'opus'))).toThrow('config.tokens has no opus')
  })
})

describe('a chunked prompt', () => {
  it('has four paragraphs, and asks the same in the same words', () => {
    for (const one of all.slice(0, 20)) {
      const few = chunked(contextFor(one, 'flash'))
      expect(few.match(/<document /g)).toHaveLength(4)
      const frame = (prompt: string): string => prompt.replace(/<documents>[^]*<\/documents>/, '')
      expect(frame(few)).toBe(frame(stuffed(contextFor(one, 'flash'))))
    }
  })

  it('finds the document with the fact nine times out of ten at least', () => {
    const found = all.filter((one) => chunked(contextFor(one, 'sonnet')).includes(`"${one.vars.relevant}"`))
    expect(found.length / all.length).toBeGreaterThan(0.9)
  })
})

describe('the search by words', () => {
  const order = (query: string, ...texts: string[]): string[] =>
    bm25(
      query,
      texts.map((text) => ({ text })),
    ).map(({ text }) => text)

  it('leaves out what shares no word', () => {
    expect(order('frozen peas', 'peas', 'cheese')).toEqual(['peas'])
    expect(order('ham', 'peas', 'cheese')).toEqual([])
    expect(order('ham')).toEqual([])
  })

  it('weighs a rare word more than a common one', () => {
    expect(order('peas bread', 'bread one', 'bread two', 'peas three')[0]).toBe('peas three')
  })

  it('prefers the shorter of two texts, and the one that says it twice of two as long', () => {
    expect(order('peas', 'peas are a green thing to eat', 'peas again')[0]).toBe('peas again')
    expect(order('peas', 'peas and ham', 'peas and peas')[0]).toBe('peas and peas')
  })

  it('knows no case and no punctuation', () => {
    expect(order('Peas?', 'PEAS!')).toEqual(['PEAS!'])
  })
})

describe('the simulated models on the suite', () => {
  const rateOf = async (profile: 'flash' | 'sonnet', make: typeof stuffed, depths: readonly number[]) => {
    const model = new SimulatedModel({ config: { profile, seed: 1, timeScale: 0 } })
    const asked = all.filter(({ vars }) => depths.includes(vars.depth))
    let right = 0
    for (const one of asked) {
      const { output } = await model.callApi(make(contextFor(one, profile)))
      const { answer, wrong, depth } = one.vars
      const verdict = position(output, { config: { expected: answer, wrong, depth } })
      right += verdict.score
    }
    return right / asked.length
  }

  it('flash loses the middle of a stuffed context, and hardly anything of a chunked one', async () => {
    const middle = [0.45, 0.55]
    expect(await rateOf('flash', stuffed, [0.05, 0.95])).toBeGreaterThan(0.7)
    expect(await rateOf('flash', stuffed, middle)).toBeLessThan(0.4)
    expect(await rateOf('flash', chunked, middle)).toBeGreaterThan(0.85)
  })

  it('sonnet loses less of it', async () => {
    expect(await rateOf('sonnet', stuffed, [0.45, 0.55])).toBeGreaterThan(0.5)
  })
})
