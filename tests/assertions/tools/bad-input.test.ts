import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import tools, { configure } from '../../../assertions/tools.ts'
import { call, ways } from './transcripts.ts'

const config = { expected: ['a', { tool: 'b', args: { n: 1 } }], maxSteps: 5, final: { contains: 'done' } }
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

describe('a hostile reply fails with score 0 and a reason', () => {
  it.each<[string, unknown]>([
    ['empty', ''],
    ['blank', '  \n\n '],
    ['a refusal', "I'm sorry, but I can't help with that."],
    ['JSON that breaks off', '[{"type": "tool_use", "name": "a", "input": {"n'],
    ['the same key twice', '{"tool": "a", "tool": "b"}'],
    ['nested 10,000 deep', nested(10_000)],
    ['a value nested 10,000 deep', JSON.parse(nested(10_000))],
    ['huge numbers', '{"n": 1e999, "m": -123456789012345678901234567890}'],
    ['NaN', NaN],
    ['a text of 1 MB', 'x'.repeat(1_000_000)],
    ['1 MB of brackets', '[{'.repeat(500_000)],
    ['1 MB of paragraphs', '{\n\n'.repeat(300_000)],
    ['1 MB of empty objects', '{}\n\n'.repeat(250_000)],
    ['a tool that looks like one', [{ tool: 'а', args: {} }]],
    ['undefined', undefined],
    ['a list of nothing', [null, undefined, [], {}]],
  ])('%s', (_name, output) => {
    const verdict = tools(output, { config })
    expect(verdict).toMatchObject({ pass: false, score: 0 })
    expect(verdict.reason.length).toBeGreaterThan(10)
    expect(verdict.reason.length).toBeLessThan(2000)
  })

  it('judges arguments that are nested too deep as wrong, and looks no further', () => {
    const step = { tool: 'a', args: { deep: JSON.parse(nested(5000)) as unknown } }
    expect(tools([step], { config: { expected: ['a'] } })).toMatchObject({ pass: false, score: 0 })
  })
})

describe('long ways', () => {
  it('of 10,000 steps are judged, in any order', () => {
    const steps = Array.from({ length: 10_000 }, (_, n) => call(n % 3 === 0 ? 'a' : 'b', { n }, n))
    const expected = Array.from({ length: 200 }, (_, i) => ({ tool: 'a', args: { n: 9999 - 3 * i } }))
    for (const order of ['exact', 'in-order', 'any', 'subset']) {
      const { score } = tools(steps, { config: { expected, order, loops: false } })
      expect(score).toBeGreaterThan(0)
      expect(score).toBeLessThanOrEqual(1)
    }
    expect(tools(steps, { config: { expected, order: 'any' } }).score).toBe(1)
  })

  it('of more are not looked at', () => {
    const verdict = tools(ways('a '.repeat(10_001)), { config })
    expect(verdict).toMatchObject({ pass: false, score: 0, reason: expect.stringContaining('10001 steps') })
  })

  it('tell the first problems and how many are left', () => {
    const { reason } = tools(ways('x '.repeat(100)), {
      config: { expected: [], order: 'exact', loops: false },
    })
    expect(reason).toMatch(/step 10 \(x\) is one call too many; and 90 more$/)
  })
})

describe('laws', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 })
  const score = (made: readonly string[], expected: readonly string[], order: string): number =>
    tools(ways(made.join(' ')), { config: { expected, order, loops: false } }).score
  const seeded = { seed: 1, numRuns: 200 }

  it('a score is from 0 to 1, and 1 exactly where the check passes', () => {
    const orders = fc.constantFrom('exact', 'in-order', 'any', 'subset')
    fc.assert(
      fc.property(letters, letters, orders, (made, expected, order) => {
        const verdict = tools(ways(made.join(' ')), { config: { expected, order, loops: false } })
        expect(verdict.score).toBeGreaterThanOrEqual(0)
        expect(verdict.score).toBeLessThanOrEqual(1)
        expect(verdict.pass).toBe(verdict.score === 1)
      }),
      seeded,
    )
  })

  it('any order is not less than in order, and does not depend on the order', () => {
    fc.assert(
      fc.property(letters, letters, (made, expected) => {
        expect(score(made, expected, 'any')).toBeGreaterThanOrEqual(score(made, expected, 'in-order'))
        expect(score(made.toReversed(), expected, 'any')).toBe(score(made, expected, 'any'))
      }),
      seeded,
    )
  })

  it('exact is symmetric, and another step never raises the share of a subset that held', () => {
    fc.assert(
      fc.property(letters, letters, (made, expected) => {
        expect(score(made, expected, 'exact')).toBe(score(expected, made, 'exact'))
        expect(score([...made, 'z'], expected, 'subset')).toBeLessThanOrEqual(score(made, expected, 'subset'))
      }),
      seeded,
    )
  })
})

describe('the config', () => {
  it.each<[Record<string, unknown>, string]>([
    [{}, 'asks nothing of the calls'],
    [{ from: 'metadata.log' }, 'asks nothing of the calls'],
    [{ expcted: ['a'] }, 'knows no config key `expcted`'],
    [{ expected: [{ tool: '' }] }, 'config.expected'],
    [{ expected: [{ tool: 'a', argz: {} }] }, 'expected'],
    [{ expected: ['a'], order: 'sorted' }, 'config.order'],
    [{ maxSteps: -1 }, 'config.maxSteps'],
    [{ loops: { repeats: 1 } }, 'config.loops'],
    [{ loops: 3 }, 'expected true, false or an object of `repeats`, `cycle`, `times`'],
    [{ expected: 'find' }, 'expected no text here, but for one like `{{name}}`'],
    [{ expected: [{ tool: 'a', args: [1] }] }, 'expected a list of at most 200: names of tools, or `tool`'],
    [{ final: { contains: [] } }, 'config.final.contains'],
    [{ final: { contains: true } }, 'expected a text, or a list of texts'],
    [{ final: {} }, 'config.final.contains'],
    [{ expected: [{ tool: 'a', schema: { type: 'objekt' } }] }, 'config.expected.0.schema is no JSON Schema'],
  ])('%j is refused', (given, message) => {
    expect(() => configure(given)).toThrow(message)
  })

  it('may leave values to the case, which then has to have them', () => {
    expect(configure({ expected: '{{calls}}', maxSteps: '{{most}}' })).toEqual({})
    const context = { config: { expected: '{{calls}}', maxSteps: '{{most}}' } }
    expect(tools([{ tool: 'a' }], { ...context, vars: { calls: ['a'], most: 3 } }).pass).toBe(true)
    expect(tools([{ tool: 'a' }], { ...context, vars: { calls: '["a"]', most: '3' } }).pass).toBe(true)
    expect(() => tools([], { ...context, vars: { calls: 'a', most: 3 } })).toThrow('config.expected')
  })
})
