import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Case, TestOptions } from '../../../harness/model/case.ts'
import type { Cell } from '../../../harness/model/cell.ts'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Selection } from '../../../harness/model/plan.ts'
import type { Suite } from '../../../harness/model/suite.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { caseOf, casesOf, promptOf, specOf, suiteOf } from '../execute/world.ts'

async function cellsOf(suite: Suite, selection: Selection = {}, account?: string): Promise<Cell[]> {
  const plan = await makePlan(suite, selection)
  return Array.fromAsync(plan.cells(account))
}

const named = (cells: readonly Cell[]) =>
  cells.map(
    ({ case: { id }, repeat, column }) => `${id}/${repeat}/${column.prompt.key}/${column.provider.key}`,
  )

async function refusal(suite: Suite, selection: Selection = {}): Promise<HarnessError> {
  const error: unknown = await makePlan(suite, selection).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HarnessError)
  return error as HarnessError
}

const withOptions = (options: TestOptions) =>
  caseOf({ vars: { q: 'question 0' }, metadata: { id: 'c0' }, options })

const twoByTwo = {
  prompts: [promptOf('Zero {{q}}', { key: 'zero' }), promptOf('Few {{q}}', { key: 'few' })],
  providers: [specOf('flash'), specOf('sonnet')],
}

describe('the order of cells', () => {
  it('goes through the cases in file order, repeats of a case together, prompts side by side', async () => {
    const tests = [
      caseOf({ metadata: { id: 'b' }, options: { repeat: 2 } }),
      caseOf({ metadata: { id: 'a' } }),
    ]
    const cells = await cellsOf(suiteOf({ ...twoByTwo, tests }), {}, 'flash')
    expect(named(cells)).toEqual([
      'b/0/zero/flash',
      'b/0/few/flash',
      'b/1/zero/flash',
      'b/1/few/flash',
      'a/0/zero/flash',
      'a/0/few/flash',
    ])
  })

  it('without an account is every cell, provider by provider for each repeat', async () => {
    const cells = await cellsOf(suiteOf({ ...twoByTwo, tests: casesOf(1) }))
    expect(named(cells)).toEqual(['c0/0/zero/flash', 'c0/0/few/flash', 'c0/0/zero/sonnet', 'c0/0/few/sonnet'])
    expect(cells.map(({ column }) => column.index)).toEqual([0, 1, 2, 3])
  })

  it('puts cases that ask to run serially before all others', async () => {
    const tests = [...casesOf(1), caseOf({ metadata: { id: 'first' }, options: { runSerially: true } })]
    const suite = suiteOf({ tests })
    expect(named(await cellsOf(suite))).toEqual(['first/0/p/m', 'c0/0/p/m'])
    expect((await makePlan(suite)).size.serialCells).toBe(1)
  })

  it('counts what it generates, per account too', async () => {
    const plan = await makePlan(suiteOf({ ...twoByTwo, tests: casesOf(3) }), { repeat: 2 })
    expect(plan.size).toMatchObject({
      cases: 3,
      cells: 24,
      repeats: 2,
      cellsByAccount: { flash: 12, sonnet: 12 },
    })
    expect(plan.accounts).toEqual(['flash', 'sonnet'])
  })
})

describe('columns', () => {
  it('leaves out the prompts a provider does not allow', async () => {
    const providers = [specOf('flash', { prompts: ['few'] }), specOf('sonnet', { prompts: ['z*'] })]
    const prompts = [
      promptOf('Zero', { key: 'zero', label: 'zero' }),
      promptOf('Few', { key: 'few', label: 'few' }),
    ]
    const { columns } = await makePlan(suiteOf({ prompts, providers }))
    expect(columns.map(({ prompt, provider }) => `${prompt.key} on ${provider.key}`)).toEqual([
      'few on flash',
      'zero on sonnet',
    ])
  })

  it('takes a group for all of its members, as promptfoo does', async () => {
    const prompts = ['group:a', 'group:b', 'grouped'].map((label) => promptOf(label, { key: label, label }))
    const { columns } = await makePlan(suiteOf({ prompts, providers: [specOf('m', { prompts: ['group'] })] }))
    expect(columns.map(({ prompt }) => prompt.key)).toEqual(['group:a', 'group:b'])
  })

  it("follows a test's own prompts and providers", async () => {
    const tests = [
      caseOf({ metadata: { id: 'a' }, providers: ['flash'] }),
      caseOf({ metadata: { id: 'b' }, prompts: ['Few {{q}}'] }),
    ]
    expect(named(await cellsOf(suiteOf({ ...twoByTwo, tests })))).toEqual([
      'a/0/zero/flash',
      'a/0/few/flash',
      'b/0/few/flash',
      'b/0/few/sonnet',
    ])
  })

  it('refuses two of one name, at the second of them', async () => {
    const second = { file: '/nowhere/suite.yaml', line: 9, column: 5 }
    const error = await refusal(suiteOf({ providers: [specOf('m'), specOf('m', { at: second })] }))
    expect(error).toMatchObject({ code: 'suite', at: second, exitCode: 2 })
    expect(error.message).toContain('two providers are called "m"')
    const prompts = [promptOf('A', { key: 'x' }), promptOf('B', { key: 'x' })]
    expect((await refusal(suiteOf({ prompts }))).message).toContain('two prompts are called "x"')
  })
})

describe('repeats', () => {
  it("come from the case's own options, then the selection, then the suite", async () => {
    const tests = [
      caseOf({ metadata: { id: 'own' }, options: { repeat: 2 } }),
      { ...caseOf({ metadata: { id: 'suite' } }), repeat: 3 },
    ]
    const count = async (selection: Selection) => {
      const ids = (await cellsOf(suiteOf({ tests }), selection)).map((cell) => cell.case.id)
      return [ids.filter((id) => id === 'own').length, ids.filter((id) => id === 'suite').length]
    }
    expect(await count({})).toEqual([2, 3])
    expect(await count({ repeat: 5 })).toEqual([2, 5])
  })
})

describe('identity', () => {
  const idsOf = async (suite: Suite) =>
    new Map((await cellsOf(suite)).map((cell) => [`${cell.case.id}/${cell.repeat}`, cell.id]))

  it('is 32 hex digits, one for each cell', async () => {
    const cells = await cellsOf(suiteOf({ ...twoByTwo, tests: casesOf(20) }), { repeat: 2 })
    expect(new Set(cells.map(({ id }) => id)).size).toBe(160)
    for (const { id } of cells) expect(id).toMatch(/^[0-9a-f]{32}$/)
  })

  it('survives reordered and inserted cases, other labels and other checks', async () => {
    const before = await idsOf(suiteOf({ tests: casesOf(3) }))
    const moved = [caseOf({ vars: { q: 'new' }, metadata: { id: 'new' } }), ...casesOf(3).reverse()]
    const checked = moved.map((testCase): Case => Object.assign({}, testCase, { checks: [] }))
    const prompts = [promptOf('Answer: {{q}}', { key: 'renamed', label: 'renamed' })]
    const providers = [specOf('renamed', { id: 'test:m', label: 'renamed' })]
    const after = await idsOf(suiteOf({ tests: checked, prompts, providers }))
    for (const [name, id] of before) expect(after.get(name)).toBe(id)
  })

  it.each([
    ['the prompt', { prompts: [promptOf('Reply: {{q}}')] }],
    ['its config', { prompts: [promptOf('Answer: {{q}}', { config: { temperature: 1 } })] }],
    ['the provider', { providers: [specOf('m', { id: 'test:other' })] }],
    ['its config as written', { providers: [specOf('m', { configAsWritten: { model: 'x' } })] }],
    ['the model that a class stands for', { providers: [specOf('m', { model: 'bedrock:next' })] }],
    ['a prefix', { tests: [withOptions({ prefix: 'Hi. ' })] }],
    ['an option for the provider', { tests: [withOptions({ max_tokens: 5 })] }],
  ])('changes with %s', async (_what, change) => {
    const before = await idsOf(suiteOf({ tests: casesOf(1) }))
    const after = await idsOf(suiteOf({ tests: casesOf(1), ...change }))
    expect(after.get('c0/0')).not.toBe(before.get('c0/0'))
  })

  it('of a column without a class of models is what it has always been', async () => {
    const [id] = (await idsOf(suiteOf({ tests: casesOf(1) }))).values()
    expect(id).toBe('a005e14f0ffa19dad09f50aff4773770')
  })

  it.each([
    [
      'the resolved config, which may hold a key',
      { providers: [specOf('m', { config: { apiKey: 'secret' } })] },
    ],
    ['how a reply is transformed', { tests: [withOptions({ transform: 'output' })] }],
  ])('does not change with %s', async (_what, change) => {
    const before = await idsOf(suiteOf({ tests: casesOf(1) }))
    expect((await idsOf(suiteOf({ tests: casesOf(1), ...change }))).get('c0/0')).toBe(before.get('c0/0'))
  })

  it('tells two columns of equal content apart', async () => {
    const providers = [specOf('a', { id: 'test:same' }), specOf('b', { id: 'test:same' })]
    const cells = await cellsOf(suiteOf({ providers, tests: casesOf(1) }))
    expect(new Set(cells.map(({ id }) => id)).size).toBe(2)
  })

  it("follows the content of the provider's file and of what it imports beside it, not their place", async () => {
    const hashIn = async (entry: string, helper: string) => {
      const dir = await mkdtemp(join(tmpdir(), 'assay-plan-'))
      await writeFile(join(dir, 'provider.ts'), entry)
      await writeFile(join(dir, 'helper.ts'), helper)
      const path = join(dir, 'provider.ts')
      const { columns } = await makePlan(
        suiteOf({ providers: [specOf('m', { id: 'file://provider.ts', path })] }),
      )
      return columns[0]?.hash
    }
    const entry = "import { x } from './helper.ts'\nexport default class { y = x }"
    const base = await hashIn(entry, 'export const x = 1')
    expect(await hashIn(entry, 'export const x = 1')).toBe(base)
    expect(await hashIn(`${entry}\n`, 'export const x = 1')).not.toBe(base)
    expect(await hashIn(entry, 'export const x = 2')).not.toBe(base)
  })

  it('refuses a provider file that is not there, at its place in the suite', async () => {
    const at = { file: '/nowhere/suite.yaml', line: 4, column: 7 }
    const error = await refusal(suiteOf({ providers: [specOf('m', { path: '/nowhere/provider.ts', at })] }))
    expect(error).toMatchObject({ code: 'suite', at })
  })
})

describe('a selection', () => {
  const tests = [
    caseOf({
      description: 'a refund',
      vars: { q: 'money back' },
      metadata: { id: 'c1', tags: ['critical'] },
    }),
    caseOf({
      description: 'praise',
      vars: { q: { nested: 'lovely' } },
      metadata: { id: 'c2', tags: ['easy'] },
    }),
  ]
  const suite = suiteOf({ ...twoByTwo, tests })
  const ids = async (selection: Selection) => [
    ...new Set((await cellsOf(suite, selection)).map((c) => c.case.id)),
  ]

  it('finds a case by description, id and the values of its vars', async () => {
    expect(await ids({ filter: /refund/ })).toEqual(['c1'])
    expect(await ids({ filter: /^c2$/ })).toEqual(['c2'])
    expect(await ids({ filter: /LOVELY/gi })).toEqual(['c2'])
  })

  it('finds cases that have any of the tags', async () => {
    expect(await ids({ tags: ['critical', 'nope'] })).toEqual(['c1'])
  })

  it('takes prompts and providers by key, id and prefix', async () => {
    const columns = async (selection: Selection) =>
      (await makePlan(suite, selection)).columns.map(
        ({ prompt, provider }) => `${prompt.key} ${provider.key}`,
      )
    expect(await columns({ providers: ['fl*'], prompts: ['few'] })).toEqual(['few flash'])
    expect(await columns({ providers: ['test:sonnet'] })).toEqual(['zero sonnet', 'few sonnet'])
  })

  it('of single cells runs those, and all columns of a case that compares columns', async () => {
    const wanted = (await cellsOf(suite)).find(({ column }) => column.index === 3)
    const only = { cellIds: new Set([wanted?.id ?? '']) }
    expect(named(await cellsOf(suite, only))).toEqual(['c1/0/few/sonnet'])
    const comparing = caseOf({
      vars: { q: 'money back' },
      metadata: { id: 'c1' },
      assert: [{ type: 'select-best' }],
    })
    expect(await cellsOf(suiteOf({ ...twoByTwo, tests: [comparing] }), only)).toHaveLength(4)
  })

  it('that leaves one column to a case that compares columns is refused, unless the case is left out too', async () => {
    const comparing = caseOf({ vars: { q: 'a' }, metadata: { id: 'c1' }, assert: [{ type: 'max-score' }] })
    const plain = caseOf({ vars: { q: 'b' }, metadata: { id: 'plain' } })
    const both = suiteOf({ ...twoByTwo, tests: [comparing, plain] })
    const one = { prompts: ['few'], providers: ['flash'] }
    const error = await refusal(both, one)
    expect([error.code, error.at]).toEqual(['suite', comparing.checks[0]?.at])
    expect(error.message).toMatch(/`max-score` compares the replies of several/)
    expect(named(await cellsOf(both, { ...one, filter: /plain/ }))).toEqual(['plain/0/few/flash'])
  })

  it('of a sample depends on the seed and the ids, not on their order', async () => {
    const many = casesOf(50)
    const sampled = async (cases: typeof many, seed: number) =>
      (await cellsOf(suiteOf({ tests: cases }), { sample: { n: 10, seed } })).map((c) => c.case.id).toSorted()
    const first = await sampled(many, 1)
    expect(first).toHaveLength(10)
    expect(await sampled([...many].reverse(), 1)).toEqual(first)
    expect(await sampled(many, 2)).not.toEqual(first)
    expect((await sampled(casesOf(51), 1)).filter((id) => first.includes(id)).length).toBeGreaterThanOrEqual(
      9,
    )
  })
})

describe('nothing to run', () => {
  const tests = [caseOf({ metadata: { id: 'c1', tags: ['critical'] } })]
  const suite = suiteOf({ ...twoByTwo, tests })

  it.each<[string, Selection, string, string]>([
    [
      'a provider',
      { providers: ['flassh'] },
      'no provider matches "flassh"',
      'did you mean `flash`? the suite has: flash, sonnet',
    ],
    ['a prompt', { prompts: ['x'] }, 'no prompt matches "x"', 'the suite has: zero, few'],
    [
      'a tag',
      { tags: ['critcal'] },
      'no tag matches "critcal"',
      'did you mean `critical`? the suite has: critical',
    ],
    ['a filter', { filter: /zzz/ }, 'the filter /zzz/ matches none of the 1 cases', 'description'],
    ['a cell', { cellIds: new Set(['x']) }, 'none of the 1 cells asked for is in this suite', 'changed'],
    ['an empty sample', { sample: { n: 0, seed: 1 } }, 'a sample of 0 cases', ''],
  ])('is an error that says what there was: %s', async (_what, selection, message, hint) => {
    const error = await refusal(suite, selection)
    expect(error).toMatchObject({ code: 'empty', exitCode: 3 })
    expect(error.message).toContain(message)
    expect(error.hint ?? '').toContain(hint)
  })

  it('is an error when the columns that were selected are never used together', async () => {
    const providers = [specOf('flash', { prompts: ['Zero {{q}}'] }), specOf('sonnet')]
    const error = await refusal(suiteOf({ ...twoByTwo, providers }), {
      providers: ['flash'],
      prompts: ['few'],
    })
    expect(error.hint).toContain('zero on flash, zero on sonnet, few on sonnet')
  })

  it("is an error when the suite has no case, and when the cases' own filters leave no column", async () => {
    expect((await refusal(suiteOf({ tests: [] }))).message).toContain('no test case')
    const error = await refusal(suiteOf({ tests: [caseOf({ providers: ['nobody'] })] }))
    expect(error.message).toContain('filters of the test cases leave no cell')
  })

  it('is a warning when it is one case among others', async () => {
    const lost = caseOf({ description: 'lost', providers: ['nobody'] }, 7)
    const { warnings, size } = await makePlan(suiteOf({ tests: [...casesOf(2), lost] }))
    expect(size.cases).toBe(2)
    expect(warnings).toEqual([
      { message: expect.stringContaining('the case lost leave no') as string, at: lost.at },
    ])
  })
})
