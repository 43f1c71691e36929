import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createChecksHash } from '../../../harness/verify/checks-hash.ts'
import { caseOf, folderOf } from './support.ts'

const check = { type: 'javascript', value: 'file://check.ts', config: { a: 1, b: 2 } }

describe('checksHash', () => {
  it('is the same for the same checks, in whatever order their keys are written', () => {
    const hash = createChecksHash({ dir: '/nowhere', root: '/nowhere' })
    const other = { config: { b: 2, a: 1 }, value: 'file://check.ts', type: 'javascript' }
    expect(hash(caseOf([check], { vars: { x: 1 } }))).toBe(
      hash(caseOf([other], { vars: { x: 2 }, description: 'd' })),
    )
  })

  it('changes with a check, the threshold, a transform, the grader, and what is data', () => {
    const hash = createChecksHash({ dir: '/nowhere', root: '/nowhere' })
    const cases = [
      caseOf([check]),
      caseOf([check, check]),
      caseOf([{ ...check, weight: 2 }]),
      caseOf([check], { threshold: 0.5 }),
      caseOf([check], { options: { transform: 'output.a' } }),
      caseOf([check], { assertScoringFunction: () => 1 }),
      caseOf([check], { options: { rubricPrompt: 'judge' } }),
      caseOf([check], { options: { provider: { id: () => 'grader', loop: null } } }),
      caseOf([check], { literal: true }),
    ]
    expect(new Set(cases.map(hash)).size).toBe(cases.length)
  })

  it('changes with the content of a file that a check names', async () => {
    const dir = await folderOf({ 'check.ts': 'export default () => true' })
    const before = createChecksHash({ dir, root: dir })(caseOf([check]))
    await writeFile(join(dir, 'check.ts'), 'export default () => false')
    expect(createChecksHash({ dir, root: dir })(caseOf([check]))).not.toBe(before)
  })

  it.each([
    ['from the suite', (_: string, file: string) => file],
    ['from the folder itself', (_: string, file: string) => `./${file}`],
    ['as a file:// reference', (_: string, file: string) => `file://${file}`],
    ['absolute', (dir: string, file: string) => join(dir, file)],
  ])('changes with a file that a check’s config names by its path, %s', async (_, pathOf) => {
    for (const file of ['schema.json', 'my größe schema.json']) {
      const dir = await folderOf({ 'check.ts': 'export default () => true', [file]: '{}' })
      const named = { ...check, config: { schema: pathOf(dir, file) } }
      const hashNow = (): string => createChecksHash({ dir, root: dir })(caseOf([named]))
      const before = hashNow()
      expect(hashNow()).toBe(before)
      await writeFile(join(dir, file), '{"type": "object"}')
      expect(hashNow()).not.toBe(before)
    }
  })

  it('changes with a file that the check imports, and not with one that it does not', async () => {
    const dir = await folderOf({
      'check.ts': "import { limit } from './limit.ts'\nexport default () => limit > 1",
      'limit.ts': 'export const limit = 1',
      'other.ts': 'export const limit = 1',
    })
    const hashNow = (): string => createChecksHash({ dir, root: dir })(caseOf([check]))
    const before = hashNow()
    await writeFile(join(dir, 'other.ts'), 'export const limit = 2')
    expect(hashNow()).toBe(before)
    await writeFile(join(dir, 'limit.ts'), 'export const limit = 2')
    expect(hashNow()).not.toBe(before)
  })
})
