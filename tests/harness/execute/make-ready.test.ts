import { describe, expect, it } from 'vitest'
import { gradersOf, makeReady, oddities, providersOf } from '../../../harness/execute/make-ready.ts'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Provider } from '../../../harness/model/provider.ts'
import { makePlan } from '../../../harness/plan/make-plan.ts'
import { promptOf, providerOf, specOf, suiteOf } from './world.ts'

const at = (line: number) => ({ file: '/nowhere/suite.yaml', line })

function lacking(key: string, message: string, line: number, hint?: string) {
  const ready = () => Promise.reject(new HarnessError('suite', message, { hint }))
  return { spec: specOf(key, { at: at(line) }), provider: providerOf(undefined, { ready }) }
}

async function problemOf(asked: Parameters<typeof makeReady>[0]): Promise<HarnessError> {
  const error: unknown = await makeReady(asked).catch((thrown: unknown) => thrown)
  if (!(error instanceof HarnessError)) throw new Error('nothing was refused')
  return error
}

describe('providers are made ready', () => {
  it('all at once, those that need nothing too', async () => {
    const begun: string[] = []
    let open = (): void => {}
    const both = new Promise<void>((resolve) => {
      open = resolve
    })
    const waiting = (key: string) => ({
      spec: specOf(key),
      provider: providerOf(undefined, {
        async ready() {
          begun.push(key)
          if (begun.length === 2) open()
          await both
        },
      }),
    })
    await makeReady([waiting('a'), { spec: specOf('plain'), provider: providerOf() }, waiting('b')])
    expect(begun).toEqual(['a', 'b'])
  })

  it('and every lack is told in one error, each at its provider', async () => {
    const error = await problemOf([
      lacking('gpt', 'OPENAI_API_KEY is not set', 4, 'export it'),
      { spec: specOf('plain'), provider: providerOf() },
      lacking('nova', 'no AWS credentials', 6),
    ])
    expect(error).toMatchObject({
      exitCode: 2,
      message: 'OPENAI_API_KEY is not set',
      at: at(4),
      hint: 'export it',
    })
    expect(error.others).toMatchObject([{ message: 'no AWS credentials', at: at(6) }])
    expect(error.format()).toContain('suite.yaml:6: no AWS credentials')
  })

  it('and what several lack is told once', async () => {
    const [first, second, third] = [4, 5, 6].map((line) => lacking(`gpt-${line}`, 'no key', line))
    const error = await problemOf([first!, second!, third!, first!])
    expect(error).toMatchObject({
      message: 'no key (the same holds for gpt-5, gpt-6)',
      at: at(4),
      others: [],
    })
  })

  it('and an error of several parts keeps them where several lack the same', async () => {
    const others = [new HarnessError('suite', 'no region either')]
    const ready = () => Promise.reject(new HarnessError('suite', 'no key', { others }))
    const of = (key: string) => ({ spec: specOf(key), provider: providerOf(undefined, { ready }) })
    const error = await problemOf([of('a'), of('b')])
    expect(error.message).toBe('no key (the same holds for b)')
    expect(error.others).toMatchObject([{ message: 'no region either' }])
  })

  it('and what is no mistake of the user’s is told with the provider', async () => {
    const cause = new Error('Cannot find package')
    const provider = providerOf(undefined, { ready: () => Promise.reject(cause) })
    const error = await problemOf([{ spec: specOf('m'), provider }])
    expect(error).toMatchObject({
      message: 'the provider test:m cannot be made ready: Cannot find package',
      exitCode: 2,
      cause,
    })
  })
})

describe('who is asked', () => {
  it('is every provider of the plan, once, and every grader', async () => {
    const prompts = [promptOf('a'), promptOf('b')]
    const plan = await makePlan(suiteOf({ prompts, providers: [specOf('m'), specOf('n')] }))
    const [m, n, judge] = [providerOf(), providerOf(), providerOf()] as const
    const loaded = new Map<string, Provider>([
      ['m', m],
      ['n', n],
    ])
    const asked = [...providersOf(plan, loaded), ...gradersOf(new Map([[judge, specOf('judge')]]))]
    expect(asked.map(({ spec }) => spec.key)).toEqual(['m', 'n', 'judge'])
    expect(asked.map(({ provider }) => provider)).toEqual([m, n, judge])
  })

  it('may find itself odd, which is told at its place', () => {
    const provider = providerOf(undefined, { warnings: ['retires on 2026-12-01', 'not in eu-west-9'] })
    expect(oddities([{ spec: specOf('m', { at: at(3) }), provider }])).toEqual([
      { message: 'm: retires on 2026-12-01', at: at(3) },
      { message: 'm: not in eu-west-9', at: at(3) },
    ])
  })
})
