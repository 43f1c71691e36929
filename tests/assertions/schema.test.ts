import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import schema, { configure, schemaCheck } from '../../assertions/schema.ts'
import type { CheckVerdict } from '../../harness/model/custom-check.ts'
import { ConfigError } from '../../harness/model/errors.ts'

const TAGS = {
  type: 'object',
  required: ['tags'],
  properties: { tags: { type: 'array', items: { type: 'string' } } },
}
const GOOD = '{"tags": ["a"]}'

function verdictOf(output: unknown, config: object = {}): Promise<CheckVerdict> {
  return schema(output, { config: { schema: TAGS, ...config } })
}

describe('where the JSON stands', () => {
  it.each([
    ['by itself', GOOD, 1],
    ['in a fence', `\`\`\`json\n${GOOD}\n\`\`\``, 0.9],
    ['among words', `Here you are: ${GOOD}`, 0.8],
  ])('%s: it passes, for as much', async (_, output, score) => {
    expect(await verdictOf(output)).toMatchObject({ pass: true, score, namedScores: { fields: 1 } })
  })

  it('costs what the suite says', async () => {
    const config = { penalty: { fenced: 0, prose: 0.5 } }
    expect((await verdictOf(`\`\`\`\n${GOOD}\n\`\`\``, config)).score).toBe(1)
    expect((await verdictOf(`It is ${GOOD}`, config)).score).toBe(0.5)
  })

  it('never costs more than there is', async () => {
    expect(await verdictOf('It is {"tags": 1}')).toMatchObject({ pass: false, score: 0 })
  })

  it('must be by itself where the suite is strict', async () => {
    const verdict = await verdictOf(`Here you are: ${GOOD}`, { strict: true })
    expect(verdict).toMatchObject({ pass: false, score: 0, namedScores: { fields: 1 } })
    expect(verdict.reason).toBe('the reply must be JSON and nothing else: it is with other text around it')
    expect(await verdictOf(GOOD, { strict: true })).toMatchObject({ pass: true, score: 1 })
  })
})

describe('a bad reply', () => {
  it.each([
    ['empty', '', 'the reply is empty'],
    ['nothing at all', undefined, 'the reply is empty'],
    ['a refusal', 'I cannot help with that.', 'there is no JSON in the reply'],
    ['cut off', '{"tags": ["a", "b', 'the JSON breaks off inside `/tags/1`'],
    ['a key twice', '{"tags": [], "tags": ["a"]}', 'the key `/tags` is there twice'],
    [
      '10,000 levels',
      `{"tags": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      'nested deeper than 500 levels',
    ],
    ['NaN', '{"tags": NaN}', '"NaN" is neither a value'],
    ['a number too large', '{"tags": [1e400]}', '/tags/0: expected a string, got a number too large to hold'],
    ['a key `__proto__`', '{"__proto__": {"tags": ["a"]}}', '/tags: is missing'],
    ['a megabyte of words', 'no '.repeat(350_000), 'there is no JSON in the reply'],
  ])('fails with 0 and a reason: %s', async (_, output, reason) => {
    const verdict = await verdictOf(output)
    expect(verdict).toMatchObject({ pass: false, score: 0, namedScores: { fields: 0 } })
    expect(verdict.reason).toContain(reason)
  })

  it('is judged as a value where it is no text', async () => {
    expect(await verdictOf({ tags: ['a'] })).toMatchObject({ pass: true, score: 1 })
    expect((await verdictOf([{ function: { name: 'f' } }])).reason).toContain(
      'expected an object, got a list of 1',
    )
  })

  it('has at most 20 of its problems told, and the number of the others', async () => {
    const { reason } = await verdictOf(JSON.stringify({ tags: Array.from({ length: 50 }, () => 1) }))
    expect(reason.match(/expected a string/g)).toHaveLength(20)
    expect(reason).toContain('/tags/19: expected a string, got 1; and 30 more')
  })

  it('never makes the reason long', async () => {
    const long = 'x'.repeat(300_000)
    const strict = { type: 'object', additionalProperties: { enum: ['a'] } }
    const { reason } = await schema(JSON.stringify({ [long]: long, b: long, c: long }), {
      config: { schema: strict },
    })
    expect(reason.length).toBeLessThan(1000)
  })

  it('is held against patterns and unique items that would take others for ever', async () => {
    const items = {
      type: 'array',
      uniqueItems: true,
      items: { anyOf: [{ type: 'object' }, { type: 'string', pattern: '^(a+)+$' }] },
    }
    const objects = JSON.stringify([...Array.from({ length: 100_000 }, (_, a) => ({ a })), { a: 7 }])
    const verdicts = [
      await schema(objects, { config: { schema: items } }),
      await schema(JSON.stringify([`${'a'.repeat(500_000)}b`]), { config: { schema: items } }),
      await schema('[{"a": 1, "b": 2}, {"b": 2, "a": 1}]', { config: { schema: items } }),
      await schema('[{"a": 1}, {"a": 2}]', { config: { schema: items } }),
    ]
    expect(verdicts.map(({ pass }) => pass)).toEqual([false, false, false, true])
  })

  it('may go as deep as a schema that holds itself', async () => {
    const lists = { type: 'array', items: { $ref: '#' } }
    const lazy: z.ZodType = z.lazy(() => z.array(lazy))
    const nested = '['.repeat(500) + ']'.repeat(500)
    expect(await schema(nested, { config: { schema: lists } })).toMatchObject({ pass: true })
    expect(await schemaCheck(lazy)(nested, {})).toMatchObject({ pass: true })
  })
})

describe('the marks', () => {
  it.each([
    ['by itself', '\uFEFF {"tags": ["a", 12, "b"]}'],
    ['in a fence', 'Here:\n```json\n{"tags": ["a",\n 12]}\n```'],
    ['among words', 'By [1] it is {"tags": [12, "tags"]}, I think.'],
  ])('point at what is wrong: JSON %s', async (_, output) => {
    const { marks = [] } = (await verdictOf(output)).metadata ?? {}
    expect(marks.map(({ start, end, label }) => [output.slice(start, end), label])).toEqual([
      ['12', 'invalid'],
    ])
  })

  it('are none for what is missing, and for a reply that fits', async () => {
    expect((await verdictOf('{}')).metadata).toBeUndefined()
    expect((await verdictOf(GOOD)).metadata).toBeUndefined()
  })
})

describe('a zod schema', () => {
  const check = schemaCheck(
    z.strictObject({
      title: z.string(),
      when: z.iso.date(),
      amount: z.number().min(3).nullable(),
      kind: z.enum(['lease', 'sale']),
      law: z.object({ country: z.string(), court: z.string() }),
      owner: z.discriminatedUnion('is', [
        z.object({ is: z.literal('person') }),
        z.object({ is: z.literal('company'), seat: z.string() }),
      ]),
      tags: z.array(z.string()).optional(),
      id: z.union([z.string(), z.number()]),
    }),
  )
  const good = {
    title: 'a',
    when: '2024-01-05',
    amount: null,
    kind: 'sale',
    law: { country: 'DE', court: 'x' },
    owner: { is: 'person' },
    id: 1,
  }

  it.each([
    ['fits', {}, 1, 'the JSON fits the schema'],
    ['a wrong type', { title: null }, 7 / 8, '/title: expected a string, got null'],
    ['a missing field', { kind: undefined }, 7 / 8, '/kind: is missing'],
    ['a missing object of two', { law: undefined }, 6 / 8, '/law: is missing'],
    [
      'a value that is not listed',
      { kind: 'gift' },
      7 / 8,
      '/kind: expected one of "lease", "sale", got "gift"',
    ],
    [
      'a field that is not known',
      { titel: 'x' },
      8 / 9,
      '/titel: is not in the schema (did you mean `title`?)',
    ],
    ['a union by type', { id: true }, 7 / 8, '/id: expected a string or a number, got true'],
    [
      'a rule in zod’s own words',
      { amount: 1 },
      7 / 8,
      '/amount: Too small: expected number to be >=3, got 1',
    ],
    [
      'a form of a union',
      { owner: { is: 'company', seat: 5 } },
      8 / 9,
      '/owner/seat: expected a string, got 5',
    ],
    ['an item', { tags: ['a', 5] }, 9 / 10, '/tags/1: expected a string, got 5'],
  ])('%s', async (_, change, score, told) => {
    const verdict = (await check(JSON.stringify({ ...good, ...change }), {})) as CheckVerdict
    expect(verdict.reason.replace('the JSON does not fit the schema: ', '')).toBe(told)
    expect(verdict.score).toBeCloseTo(score, 12)
  })

  it('that throws leaves the check broken, not the reply failed', async () => {
    const broken = schemaCheck(
      z.string().refine(() => {
        throw new Error('no database')
      }),
    )
    await expect(broken('"x"', {})).rejects.toThrow('no database')
  })
})

describe('a schema in a file of the suite', () => {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'assay-schema-'))
    symlinkSync(resolve(import.meta.dirname, '../../node_modules'), join(dir, 'node_modules'))
    writeFileSync(join(dir, 'tags.json'), JSON.stringify(TAGS))
    writeFileSync(
      join(dir, 'tags.yaml'),
      'type: object\nrequired: [tags]\nproperties: {tags: {type: array}}\n',
    )
    writeFileSync(join(dir, 'package.json'), '{"type": "module"}')
    writeFileSync(
      join(dir, 'tags.ts'),
      "import { z } from 'zod'\nexport default z.object({ tags: z.array(z.string()) })\n",
    )
    writeFileSync(join(dir, 'none.ts'), 'export default { tags: 1 }\n')
    writeFileSync(join(dir, 'broken.json'), '{"type": "objekt"}')
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  it.each(['tags.json', './tags.yaml', 'tags.ts', 'file://tags.ts'])('%s', async (path) => {
    const context = {
      config: { schema: path },
      assay: { dir, ask: () => Promise.reject(new Error('asks nobody')) },
    }
    expect(await schema(GOOD, context)).toMatchObject({ pass: true })
    expect(await schema('{}', context)).toMatchObject({
      pass: false,
      reason: expect.stringContaining('/tags: is missing'),
    })
    expect(await configure(context.config, { dir })).toEqual({})
  })

  it('is found from the provider’s folder under promptfoo', async () => {
    const provider = { config: { basePath: dir } } as never
    expect(await schema(GOOD, { config: { schema: 'tags.json' }, provider })).toMatchObject({ pass: true })
  })

  it('is read again when it has changed', async () => {
    const context = {
      config: { schema: 'changing.json' },
      assay: { dir, ask: () => Promise.reject(new Error('asks nobody')) },
    }
    const file = join(dir, 'changing.json')
    writeFileSync(file, '{"type": "object"}')
    expect(await schema('{}', context)).toMatchObject({ pass: true })
    writeFileSync(file, '{"type": "array", "minItems": 1}')
    expect(await schema('{}', context)).toMatchObject({ pass: false })
  })

  it.each([
    ['a file that is not there', 'nope.json', 'there is no file'],
    ['a file of another kind', 'schema.txt', 'ends in .json, .yaml, .yml, .ts'],
    ['a module without a zod schema', 'none.ts', 'is no zod schema'],
    ['a type that does not exist', 'broken.json', 'schema is invalid'],
    ['a keyword that does not exist', { type: 'object', requird: [] }, 'unknown keyword: "requird"'],
    ['a format that does not exist', { type: 'string', format: 'dat' }, 'unknown format "dat"'],
    [
      'a dialect that is not known',
      { $schema: 'http://json-schema.org/draft-04/schema#' },
      'is none of 2020-12',
    ],
    ['one whose verdict is a promise', { $async: true, type: 'object' }, '$async is no keyword'],
    ['a pattern that looks ahead', { type: 'string', pattern: '(?=a)' }, 'invalid or unsupported'],
  ])('is a mistake before any call: %s', async (_, source, message) => {
    const failure: unknown = await Promise.resolve(configure({ schema: source }, { dir })).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(ConfigError)
    expect(failure).toMatchObject({ path: ['schema'], message: expect.stringContaining(message) })
  })
})

describe('the config', () => {
  it.each([
    ['no schema', {}, 'config.schema'],
    ['a misspelt key in place of the schema', { schem: {} }, 'knows no config key `schem`'],
    ['a misspelt key', { schema: {}, stict: true }, 'knows no config key `stict`'],
    ['a penalty over 1', { schema: {}, penalty: { prose: 2 } }, 'config.penalty.prose'],
  ])('is read strictly: %s', async (_, config, message) => {
    await expect(async () => configure(config, { dir: '.' })).rejects.toThrow(message)
  })
})

describe('the score', () => {
  const anything = fc.jsonValue({ maxDepth: 4 })

  it('is from 0 to 1, and 1 only for what passes', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const { pass, score } = await verdictOf(JSON.stringify(value))
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(score === 1).toBe(pass)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('does not depend on the order of fields, and falls with every field that is spoilt', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const config = {
      schema: {
        type: 'object',
        required: names,
        properties: Object.fromEntries(names.map((name) => [name, { type: 'number' }])),
      },
    }
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(names),
        fc.shuffledSubarray(names, { minLength: 5 }),
        async (spoilt, order) => {
          const value = Object.fromEntries(order.map((name) => [name, spoilt.includes(name) ? 'x' : 1]))
          const { score } = await schema(JSON.stringify(value), { config })
          expect(score).toBeCloseTo(1 - spoilt.length / 5, 12)
        },
      ),
      { seed: 1, numRuns: 100 },
    )
  })
})
