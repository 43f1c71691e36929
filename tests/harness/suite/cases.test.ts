import { array, assert, dictionary, integer, jsonValue, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Case } from '../../../harness/model/case.ts'
import { canonicalJson } from '../../../harness/suite/cases/identity.ts'
import { Occurrences } from '../../../harness/suite/cases/occurrences.ts'
import { ASSERTED, collect, placeOf, readTests, refused } from './suite-folder.ts'

async function read(
  yaml: string,
  files: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<Case[]> {
  return collect(await readTests(yaml, files, env))
}

async function texts(
  yaml: string,
  files: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<unknown[]> {
  return (await read(ASSERTED + yaml, files, env)).map(({ vars }) => vars)
}

describe('defaultTest', () => {
  const DEFAULTS = `defaultTest:
  vars: {text: d, more: m}
  assert: [{type: contains, value: d}]
  options: {prefix: P, suffix: S, repeat: 2}
  metadata: {tags: [x], k: 1}
  threshold: 0.5
  prompts: ['{{text}}']
  providers: [echo]
`

  it('gives every test what it lacks, and asserts first', async () => {
    const [first, second] = await read(
      `${DEFAULTS}tests:\n  - vars: {text: own}\n    assert: [{type: equals, value: o}]\n    options: {suffix: T, prefix: ''}\n    metadata: {k: 2}\n  - {threshold: 0, prompts: [], options: {disableDefaultAsserts: true, repeat: 3}, vars: {}}\n`,
    )
    expect(first?.test).toMatchObject({
      vars: { text: 'own', more: 'm' },
      options: { prefix: 'P', suffix: 'T', repeat: 2 },
      metadata: { tags: ['x'], k: 2 },
      threshold: 0.5,
      prompts: ['{{text}}'],
      providers: ['echo'],
    })
    expect(first?.checks.map(({ assertion }) => assertion.type)).toEqual(['contains', 'equals'])
    expect(first).toMatchObject({ repeat: 2, tags: ['x'] })
    expect(second?.test).toMatchObject({ vars: { text: 'd', more: 'm' }, threshold: 0, prompts: [] })
    expect(second).toMatchObject({ repeat: 3, checks: [] })
  })

  it('may be in a file, with the metadata of the suite and vars in yet another', async () => {
    const [only] = await read('metadata: {top: 1}\ndefaultTest: file://d.yaml\ntests: [{vars: {a: 1}}]', {
      'd.yaml': 'vars: v.yaml\nassert: [{type: contains, value: x}]\n',
      'v.yaml': 'text: t\n',
    })
    expect(only).toMatchObject({ vars: { text: 't', a: 1 }, test: { metadata: { top: 1 } } })
    expect(only?.checks[0]?.at).toMatchObject({ line: 2 })
  })

  it('repeats each case as often as the suite says, unless it says so itself', async () => {
    const repeats = async (yaml: string): Promise<number[]> =>
      (
        await read(`${ASSERTED}tests: [{vars: {text: a}}, {vars: {text: b}, options: {repeat: 4}}]\n${yaml}`)
      ).map(({ repeat }) => repeat)
    expect(await repeats('')).toEqual([1, 4])
    expect(await repeats('evaluateOptions: {repeat: 2}')).toEqual([2, 4])
    expect(await repeats('evaluateOptions: {repeat: 2}\ncommandLineOptions: {repeat: 3}')).toEqual([3, 4])
    expect(await repeats('commandLineOptions: {repeat: 3}\nassay: {repeat: 5}')).toEqual([5, 4])
  })
})

describe('vars fan out', () => {
  it('when a list begins with a text, in every combination', async () => {
    expect(await texts('tests: [{vars: {a: [x, 1], b: [p, q], c: z}}]')).toEqual([
      { a: 'x', b: 'p', c: 'z' },
      { a: 'x', b: 'q', c: 'z' },
      { a: 1, b: 'p', c: 'z' },
      { a: 1, b: 'q', c: 'z' },
    ])
  })

  it('not when it begins with anything else, or is empty', async () => {
    expect(await texts('tests: [{vars: {a: [1, 2], b: [], c: [[x]], d: [{k: v}]}}]')).toEqual([
      { a: [1, 2], b: [], c: [['x']], d: [{ k: 'v' }] },
    ])
  })

  it('not when the test or the environment forbids it', async () => {
    expect(await texts('tests: [{vars: {a: [x, y]}, options: {disableVarExpansion: true}}]')).toEqual([
      { a: ['x', 'y'] },
    ])
    expect(
      await texts('tests: [{vars: {a: [x, y]}}]', {}, { PROMPTFOO_DISABLE_VAR_EXPANSION: 'true' }),
    ).toEqual([{ a: ['x', 'y'] }])
  })

  it('over the files that a pattern matches', async () => {
    const files = { 'f/b.txt': 'b', 'f/a.txt': 'a' }
    expect(await texts('tests: [{vars: {a: file://f/*.txt}}]', files)).toEqual([
      { a: 'file://f/a.txt' },
      { a: 'file://f/b.txt' },
    ])
  })

  it.each(['file://f/*.md', 'file://gone.txt'])('refuses %s, which matches nothing', async (ref) => {
    const error = await refused(texts(`tests:\n  - {vars: {a: '${ref}'}}`))
    expect(error.message).toMatch(/var `a`/)
    expect(placeOf(error)).toBe('suite.yaml:5')
  })

  it('after they were transformed, and what is made from data is data', async () => {
    const yaml = `defaultTest:
  assert: [{type: contains, value: a}]
  options: {transformVars: '({ text: [vars.text + "!", vars.text], n: context.uuid.length })'}
`
    const cases = await read(`${yaml}tests: [{vars: {text: a}}, d.csv]`, { 'd.csv': 'text\nc\n' })
    expect(cases.map(({ vars }) => vars)).toEqual([
      { text: 'a!', n: 36 },
      { text: 'a', n: 36 },
      { text: 'c!', n: 36 },
      { text: 'c', n: 36 },
    ])
    expect(cases.map(({ literalVars }) => Array.from(literalVars))).toEqual([
      [],
      [],
      ['text', 'n'],
      ['text', 'n'],
    ])
  })

  it.each([
    ['throws', 'vars.text.x.y', /transformVars: Transform failed/],
    ['returns nothing', 'undefined', /did not return a value/],
    ['returns a number', '7', /must return an object, but returned number/],
    ['is no JavaScript', '({', /not JavaScript/],
  ])('refuses a transform that %s', async (_, code, message) => {
    const error = await refused(texts(`tests:\n  - {vars: {text: a}, options: {transformVars: '${code}'}}`))
    expect(error.message).toMatch(message)
    expect(placeOf(error)).toBe('suite.yaml:5')
  })
})

describe('scenarios', () => {
  it('are every row of config with every test, after the tests, defaults merged in whole', async () => {
    const cases = await read(
      `defaultTest: {description: d, vars: {c: C}, assert: [{type: contains, value: x}]}
tests: [{vars: {a: plain}}]
scenarios:
  - config: [{vars: {a: [p, q]}, assert: [{type: contains, value: cfg}]}, {vars: {a: k}, metadata: {z: 1}}]
    tests: [{vars: {b: own}, description: mine}, d.csv]
  - file://s.yaml
`,
      {
        'd.csv': 'b,__description\n{{a}},\n',
        's.yaml': 'config: [{vars: {a: f}}]\ntests: [{vars: {b: t}}]\n',
      },
    )
    expect(cases.map(({ vars, description }) => [vars['a'], vars['b'], description])).toEqual([
      ['plain', undefined, undefined],
      ['p', 'own', 'mine'],
      ['q', 'own', 'mine'],
      ['p', '{{a}}', 'Row #1'],
      ['q', '{{a}}', 'Row #1'],
      ['k', 'own', 'mine'],
      ['k', '{{a}}', 'Row #1'],
      ['f', 't', 'd'],
    ])
    expect(cases.map(({ test }) => test.metadata?.['conversationId'])).toEqual([
      undefined,
      ...Array(4).fill('__scenario_0__'),
      ...Array(2).fill('__scenario_1__'),
      '__scenario_2__',
    ])
    expect(cases[1]?.checks.map(({ assertion }) => assertion.value)).toEqual(['x', 'cfg'])
    expect([...(cases[3]?.literalVars ?? [])]).toEqual(['b'])
  })
})

describe('the id of a case', () => {
  const ids = async (yaml: string, files: Record<string, string> = {}): Promise<string[]> =>
    (await read(yaml.includes('defaultTest') ? yaml : ASSERTED + yaml, files)).map(({ id }) => id)

  it('is its vars, in any order, and neither its place nor its assertions', async () => {
    const [id] = await ids('tests: [{vars: {a: 1, b: {c: 2, d: 3}}}]')
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(
      await ids(
        'tests: [{vars: {z: 0}}, {vars: {b: {d: 3, c: 2}, a: 1}, assert: [{type: is-json}], description: x}]',
      ),
    ).toContain(id)
    expect(await ids('tests: [{vars: {a: "1", b: {c: 2, d: 3}}}]')).not.toContain(id)
  })

  it('is metadata.id where that is written', async () => {
    expect(
      await ids('tests: [{vars: {a: 1}, metadata: {id: c-17}}, {vars: {a: 2}, metadata: {id: 18}}]'),
    ).toEqual(['c-17', '18'])
  })

  it('tells the combinations of one test with an id apart by their vars, in whatever order', async () => {
    const forth = await ids('tests: [{vars: {a: [x, y]}, metadata: {id: c}}]')
    const back = await ids('tests: [{vars: {a: [y, x]}, metadata: {id: c}}]')
    expect(forth[0]).toMatch(/^c~[0-9a-f]{8}$/)
    expect(back).toEqual(forth.toReversed())
  })

  it('has an occurrence number where cases are alike, with a warning', async () => {
    const suite = await readTests(
      `${ASSERTED}tests: [{vars: {a: 1}}, {vars: {a: 1}}, {vars: {a: 1}}, {vars: {a: 2}, metadata: {id: c}}, {vars: {a: 3}, metadata: {id: c}}]`,
    )
    const [first, second, third, ...named] = (await collect(suite)).map(({ id }) => id)
    expect([second, third]).toEqual([`${first}#2`, `${first}#3`])
    expect(named).toEqual(['c', 'c#2'])
    expect(suite.counts?.duplicates).toBe(3)
    expect(suite.warnings.filter(({ message }) => message.includes('same as an earlier one'))).toHaveLength(3)
  })

  it('cannot be written like the id of a duplicate', async () => {
    const error = await refused(ids('tests: [{vars: {a: 1}, metadata: {id: "c#2"}}]'))
    expect(error.message).toMatch(/cannot end in a number after `#`: c#2/)
  })

  it('is the content of a file that a var names, not its path', async () => {
    const [one] = await ids('tests: [{vars: {a: file://x.txt}}]', { 'x.txt': 'same' })
    const [moved] = await ids('tests: [{vars: {a: file://y/z.txt}}]', { 'y/z.txt': 'same' })
    const [edited] = await ids('tests: [{vars: {a: file://x.txt}}]', { 'x.txt': 'other' })
    expect(moved).toBe(one)
    expect(edited).not.toBe(one)
  })
})

describe('canonical JSON', () => {
  it('is the same for every order of keys, and different for different content', () => {
    assert(
      property(dictionary(string(), jsonValue()), (map) => {
        const reversed = Object.fromEntries(Object.entries(map).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(map))
        expect(JSON.parse(canonicalJson(map))).toEqual(JSON.parse(JSON.stringify(map)))
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})

describe('occurrences', () => {
  it('are counted as a map would, however many there are', () => {
    const digest = integer({ min: 0, max: 4000 }).map((n) =>
      (n * 2654435761).toString(16).padStart(32, '0').slice(-32),
    )
    const countAll = (digests: readonly string[]): number[] => {
      const occurrences = new Occurrences()
      return digests.map((one) => occurrences.count(one))
    }
    const countWithMap = (digests: readonly string[]): number[] => {
      const counts = new Map<string, number>()
      return digests.map((one) => {
        const count = (counts.get(one.slice(0, 16)) ?? 0) + 1
        counts.set(one.slice(0, 16), count)
        return count
      })
    }
    assert(
      property(array(digest, { minLength: 3000, maxLength: 6000 }), (digests) => {
        expect(countAll(digests)).toEqual(countWithMap(digests))
      }),
      { seed: 2, numRuns: 20 },
    )
  })
})
