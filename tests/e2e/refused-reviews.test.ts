import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Project } from './cli.ts'
import { inRun, markedIn, ran, reviewArgs } from './marked.ts'

const MARKS = { 'w-1': 'agree', 'w-2': 'judge_wrong', 'w-3': 'label_wrong' } as const

/** What was said of a review that was refused, and nothing written. */
async function refusal(project: Project, args: readonly string[], code = 2): Promise<string> {
  const before = existsSync(project.path(inRun(project, 'reviews.json')))
  const ended = await project.assay(args)
  const after = existsSync(project.path(inRun(project, 'reviews.json')))
  expect({ code: ended.code, stdout: ended.stdout, after }).toEqual({ code, stdout: '', after: before })
  return ended.stderr
}

describe('assay review refuses', () => {
  it('files that are no review of this run, before anything is written', async () => {
    const project = await ran()
    const good = markedIn(project, MARKS)
    expect(await refusal(project, ['review', 'last', 'revew.json'])).toContain(
      'error: there is no review revew.json',
    )
    project.write('review.json', JSON.stringify(good).slice(0, -20))
    expect(await refusal(project, ['review', 'last', 'revew.json'])).toContain('did you mean `review.json`?')
    expect(await refusal(project, ['review', 'last', 'review.json'])).toMatch(
      /review\.json:1:\d+: the review is cut off/,
    )
    expect(await refusal(project, ['review', 'last', '.'])).toContain('is a folder')
    expect(await refusal(project, reviewArgs(project, { ...good, run: 'x' }))).toMatch(
      /reviews the run x, and this is the run \d/,
    )
    const mark = 'judge-wrong' as 'agree'
    expect(await refusal(project, reviewArgs(project, markedIn(project, MARKS, { mark })))).toContain(
      'did you mean `judge_wrong`?',
    )
    const cell = '0123456789abcdef'
    expect(await refusal(project, reviewArgs(project, markedIn(project, MARKS, { cell })))).toContain(
      '3 cells that the run',
    )
    // One bad file of two: neither is kept.
    reviewArgs(project, good, 'good.json')
    expect(await refusal(project, ['review', 'last', 'good.json', 'review.json'])).toContain(
      'Nothing was written.',
    )
  })

  it('a run that is being written, that was never analyzed, and a folder that is none', async () => {
    const project = await ran()
    const args = reviewArgs(project, markedIn(project, MARKS))
    const { pid } = process
    const lock = { claim: 'x', pid, host: 'elsewhere', start: 'x', at: '2027-01-31T10:00:00.000Z' }
    writeFileSync(project.path(inRun(project, 'run.lock')), `${JSON.stringify(lock)}\n`)
    expect(await refusal(project, args)).toContain('is being written by process')
    rmSync(project.path(inRun(project, 'run.lock')))
    expect(await refusal(project, ['review', 'suite.yaml', 'review.json'])).toContain(
      'is not the folder of a run',
    )
    rmSync(project.path(inRun(project, 'analysis.json')))
    expect(await refusal(project, args, 3)).toContain('the run ended before it was analyzed')
    expect(existsSync(project.path(inRun(project, 'run.lock')))).toBe(false)
  })

  it('reviews on record that are damaged, which it would lose', async () => {
    const project = await ran()
    writeFileSync(project.path(inRun(project, 'reviews.json')), '{"v":1,')
    expect(await refusal(project, reviewArgs(project, markedIn(project, MARKS)))).toMatch(
      /reviews\.json:1:8: the file is cut off/,
    )
    expect(readFileSync(project.path(inRun(project, 'reviews.json')), 'utf8')).toBe('{"v":1,')
    const shown = await project.assay(['review', 'last'])
    expect({ code: shown.code, warned: shown.stderr }).toMatchObject({ code: 0 })
    expect(shown.stderr).toContain('are left out: the file is cut off')
  })

  it('a place for the rows that cannot be written, before the marks are kept', async () => {
    const project = await ran()
    const args = reviewArgs(project, markedIn(project, MARKS))
    expect(await refusal(project, [...args, '--export', 'none/rows.jsonl'])).toContain(
      'there is no such folder',
    )
    expect(await refusal(project, [...args, '--export', '.'])).toContain('it is a folder')
    const journal = inRun(project, 'trials.jsonl')
    const before = project.read(journal)
    expect(await refusal(project, [...args, '--export', journal])).toContain('it lies in the folder of a run')
    expect(project.read(journal)).toBe(before)
    expect(await refusal(project, [...args, '--export', './review.json'])).toContain(
      'it is the review that is read',
    )
  })
})
