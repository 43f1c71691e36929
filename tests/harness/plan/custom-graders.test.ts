import { describe, expect, it } from 'vitest'
import { createCustomGraders } from '../../../harness/plan/custom-graders.ts'
import { HarnessError } from '../../../harness/model/errors.ts'
import { folderOf, suiteIn } from '../verify/support.ts'

const CHECK = `
export default () => true
export const other = () => true
export function configure({ panel, twice }) {
  if (panel === 'none') return {}
  if (!Array.isArray(panel)) throw new Error('panel must be a list')
  return { instrument: { graders: panel, identity: 'rubric', ...(twice && { calls: 2 }) } }
}
`
const at = { file: '/suite/suite.yaml', line: 7, column: 5 }

async function graders(assertion: Record<string, unknown>, check = CHECK) {
  const dir = await folderOf({ 'check.ts': check })
  return createCustomGraders(suiteIn(dir))({ type: 'javascript', value: 'file://check.ts', ...assertion }, at)
}

describe('the models that a custom check asks', () => {
  it('are known without running it, each with its questions for one reply', async () => {
    const found = await graders({ config: { panel: ['openai:gpt-5', 'openai:gpt-5-mini'], twice: true } })
    expect(found.map(({ spec, calls }) => [spec.id, calls])).toEqual([
      ['openai:gpt-5', 2],
      ['openai:gpt-5-mini', 2],
    ])
  })

  it.each([
    ['one that asks none', { config: { panel: 'none' } }],
    ['another function of the file', { value: 'file://check.ts:other' }],
    ['code in the suite', { value: 'output.length > 3' }],
    ['another type', { type: 'contains', value: 'file://check.ts' }],
    ['a file in another language', { value: 'file://check.py' }],
  ])('are none for %s', async (_, assertion) => {
    expect(await graders({ config: { panel: 'wrong' }, ...assertion })).toEqual([])
  })

  it('are not asked for a check without `configure`', async () => {
    expect(await graders({}, 'export default () => true')).toEqual([])
  })

  it('are told at the check when its config is wrong', async () => {
    const looking = graders({ config: { panel: 3 } })
    await expect(looking).rejects.toBeInstanceOf(HarnessError)
    await expect(looking).rejects.toMatchObject({
      at,
      message: expect.stringContaining('panel must be a list'),
    })
  })
})
