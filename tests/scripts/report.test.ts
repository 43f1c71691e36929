import { describe, expect, it } from 'vitest'
import { shareName } from '../../scripts/kept-report.ts'
import { sharing } from '../../scripts/sharing.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput } from '../reports/make-input.ts'

/** Cases `c-0` and on, of which the first few fail. */
function inputOf(cases: number, failed: number) {
  const trials = Array.from({ length: cases }, (_, i) =>
    makeTrial({
      cell: { id: `cell-${i}`, caseId: `c-${i}` },
      outcome: i < failed ? 'failed' : 'passed',
      reason: 'because',
    }),
  )
  return makeInput({ trials })
}

/** What is said on stderr, and which cases are shown. */
async function shared(input: ReturnType<typeof inputOf>, cases: readonly string[] = []) {
  const said: string[] = []
  const made = await sharing(input, cases, { err: (text) => void said.push(text) })
  return { said: said.join(''), cases: made.share?.cases }
}

describe('sharing a report', () => {
  it('says how many cases are left out, and which are not', async () => {
    const { said, cases } = await shared(inputOf(1200, 12))
    expect(said).toContain('prompts and replies of 1,188 of 1,200 cases are left out')
    expect(said).toMatch(/; shown: c-0, c-1, (?:c-\d+, ){5}c-\d+ and 4 more\n$/)
    expect(cases).toHaveLength(12)
  })

  it('says so where the verdict names none', async () => {
    const { said, cases } = await shared(inputOf(3, 0))
    expect(said).toContain('prompts and replies of 3 of 3 cases are left out')
    expect(said).toContain('no case is shown')
    expect(cases).toEqual([])
  })

  it('takes the cases that are named, once each', async () => {
    expect((await shared(inputOf(3, 3), ['c-2', 'c-2'])).cases).toEqual(['c-2'])
  })

  it('refuses a case that the run does not have', async () => {
    await expect(shared(inputOf(3, 0), ['c-1', 'c-9'])).rejects.toThrow(
      '--case "c-9": the run has no such case',
    )
    await expect(shared(inputOf(0, 0), ['c-9'])).rejects.toMatchObject({ hint: 'It has no finished cell.' })
    await expect(shared(inputOf(20, 0), ['mail'])).rejects.toMatchObject({
      hint: 'There are c-0, c-1, c-2, c-3, c-4, c-5, c-6, c-7, …',
    })
  })

  it('goes into files of its own', () => {
    expect(['report.html', 'junit.xml', 'a.b.md'].map(shareName)).toEqual([
      'report.share.html',
      'junit.share.xml',
      'a.b.share.md',
    ])
  })
})
