import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createChecksHash } from '../../../harness/verify/checks-hash.ts'
import { caseOf, folderOf } from './support.ts'

const check = { type: 'javascript', value: 'file://check.ts', config: { a: 1, b: 2 } }

describe('checksHash', () => {
  it('is the same for the same checks, in whatever order their keys are written', () => {
    const hash = createChecksHash('/nowhere')
    const other = { config: { b: 2, a: 1 }, value: 'file://check.ts', type: 'javascript' }
    expect(hash(caseOf([check], { vars: { x: 1 } }))).toBe(
      hash(caseOf([other], { vars: { x: 2 }, description: 'd' })),
    )
  })

  it('changes with a check, the threshold, a transform, the grader, and what is data', () => {
    const hash = createChecksHash('/nowhere')
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
    const before = createChecksHash(dir)(caseOf([check]))
    await writeFile(join(dir, 'check.ts'), 'export default () => false')
    expect(createChecksHash(dir)(caseOf([check]))).not.toBe(before)
  })
})
