import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Review } from '../../harness/model/review.ts'
import { reviewsSchema } from '../../harness/record/schema/review.ts'
import type { CalibrationRow } from '../../harness/review/calibration-rows.ts'
import { unpackPage } from '../reports/unpack-page.ts'
import type { Project } from './cli.ts'
import { REPO } from './cli.ts'
import { inRun, lastRun, MARKED_SUITE, markedIn, ran, reviewArgs } from './marked.ts'

const MARKS = { 'w-1': 'agree', 'w-2': 'judge_wrong', 'w-3': 'label_wrong' } as const

function stored(project: Project): readonly Review[] {
  return reviewsSchema.parse(JSON.parse(project.read(inRun(project, 'reviews.json')))).reviews
}

describe('assay review', () => {
  it('keeps marks with who made them, shows them in the page, and says where checks and reviewer disagree', async () => {
    const project = await ran()
    const file = markedIn(project, MARKS, { note: 'says </script> \u202Eenough' })
    const { code, stdout, stderr } = await project.assay(reviewArgs(project, file), { env: { USER: 'ada' } })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('keeps 3 reviews: 3 new.')
    // Both repeats have the same reply: a word on one is a word on the other.
    expect(stdout).toContain('6 cells carry a review:')
    expect(stdout).toContain('judge_wrong  2 cells that failed')
    expect(stdout).toContain('Checks and reviewer disagree in 2 cells:')
    expect(stdout).toContain(
      'suite.yaml:5: w-2 in says × p failed by its checks, passed by the reviewer (judge_wrong): "says </script> enough"',
    )
    expect(stdout).toContain(`check the same replies again: assay verify ${lastRun(project)}`)
    expect(stored(project).map(({ caseId, mark, by }) => [caseId, mark, by])).toEqual([
      ['w-1', 'agree', 'ada'],
      ['w-2', 'judge_wrong', 'ada'],
      ['w-3', 'label_wrong', 'ada'],
    ])
    expect(stored(project)[0]?.note).toBe('says </script> \u202Eenough')
    const page = project.read(inRun(project, 'report.html'))
    expect(unpackPage(page)).toContain('judge_wrong')
    expect(page).not.toContain('says </script>')
  })

  it('shows what is kept, to a person and to a machine', async () => {
    const project = await ran()
    const before = await project.assay(['review', 'last'])
    expect(before).toMatchObject({ code: 0, stderr: '' })
    expect(before.stdout).toContain('No reply of this run carries a review.')
    expect(before.stdout).toContain(`assay review ${lastRun(project)} review.json`)
    await project.assay(reviewArgs(project, markedIn(project, MARKS)))
    expect((await project.assay(['review', 'last'])).stdout).toContain('6 cells carry a review:')
    const { stdout } = await project.assay(['review', 'last', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      v: 1,
      reviewed: 6,
      marks: { judge_wrong: { passed: 0, failed: 2, errored: 0 }, agree: { passed: 2 } },
      disagreements: [
        { caseId: 'w-2', repeat: 0, machine: 'failed', human: 'passed', mark: 'judge_wrong' },
        { caseId: 'w-2', repeat: 1 },
      ],
    })
  })

  it('lets a later word on a cell replace an earlier one, and no earlier one a later', async () => {
    const project = await ran()
    await project.assay(reviewArgs(project, markedIn(project, { 'w-1': 'agree' })))
    const later = markedIn(project, { 'w-1': 'label_wrong' }, { at: '2026-02-01T10:00:00Z' })
    const second = await project.assay([...reviewArgs(project, later), '--json'])
    expect(JSON.parse(second.stdout)).toMatchObject({ stored: 1, added: 0, replaced: 1, older: 0 })
    const earlier = markedIn(project, { 'w-1': 'acceptable', 'w-2': 'acceptable' })
    const third = await project.assay(reviewArgs(project, earlier))
    expect(third.stdout).toContain('keeps 2 reviews: 1 new, 1 older than what is on record, left out.')
    expect(stored(project).map(({ mark }) => mark)).toEqual(['label_wrong', 'acceptable'])
  })

  it('takes a mark of a clock that runs ahead as of now, so that a later word replaces it', async () => {
    const project = await ran()
    const ahead = markedIn(project, { 'w-1': 'agree' }, { at: '2999-01-01T00:00:00Z' })
    await project.assay(reviewArgs(project, ahead))
    const later = markedIn(project, { 'w-1': 'label_wrong' }, { at: new Date().toISOString() })
    expect((await project.assay(reviewArgs(project, later))).stdout).toContain('0 new, 1 replaced.')
    expect(stored(project).map(({ mark }) => mark)).toEqual(['label_wrong'])
  })

  it('takes several files, and one from stdin', async () => {
    const project = await ran()
    reviewArgs(project, markedIn(project, { 'w-1': 'agree' }), 'a.json')
    reviewArgs(project, markedIn(project, { 'w-2': 'acceptable' }), 'b.json')
    expect((await project.assay(['review', 'last', 'a.json', 'b.json'])).stdout).toContain('2 new')
    const third = JSON.stringify(markedIn(project, { 'w-3': 'agree' }))
    const { PATH = '' } = process.env
    const said = execFileSync(process.execPath, [`${REPO}/bin/assay.mjs`, 'review', 'last', '-'], {
      cwd: project.dir,
      input: third,
      encoding: 'utf8',
      env: { PATH },
    })
    expect(said).toContain('keeps 3 reviews: 1 new')
  })

  it('takes secrets out of notes: of known forms, of the environment, and those the suite calls so', async () => {
    const project = await ran()
    const note = 'key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789ABCD of cust-4711, hunter2hunter2'
    const args = reviewArgs(project, markedIn(project, { 'w-2': 'judge_wrong' }, { note }))
    const { stdout } = await project.assay([...args, '--export', 'rows.jsonl'], {
      env: { DB_PASSWORD: 'hunter2hunter2' },
    })
    const files = ['reviews.json', 'report.html'].map((name) =>
      unpackPage(project.read(inRun(project, name))),
    )
    for (const text of [stdout, project.read('rows.jsonl'), ...files]) {
      expect(text).not.toMatch(/abcdefghijkl|4711|hunter2/)
      expect(text).toContain('[redacted:DB_PASSWORD]')
    }
  })

  it('goes on where the suite is gone, and says what it then does not know', async () => {
    const project = await ran()
    rmSync(project.path('suite.yaml'))
    const { code, stderr } = await project.assay(reviewArgs(project, markedIn(project, MARKS)))
    expect(code).toBe(0)
    expect(stderr).toContain('warning: what the suite of the run calls a secret is not known')
  })

  it('holds in a later run for the same reply, and is no longer counted once the reply is another', async () => {
    const project = await ran()
    await project.assay(reviewArgs(project, markedIn(project, MARKS)))
    await project.assay(['run', 'suite.yaml', '--no-cache'])
    const again = await project.assay(['review', 'last'])
    expect(again.stdout).toContain('6 cells carry a review, 6 of them from other runs with the same reply:')
    expect(unpackPage(project.read(inRun(project, 'report.html')))).toContain('judge_wrong')
    project.write('suite.yaml', MARKED_SUITE.replace("'Say {{word}}'", "'Please say {{word}}'"))
    await project.assay(['run', 'suite.yaml'])
    expect((await project.assay(['review', 'last'])).stdout).toContain(
      'No reply of this run carries a review.',
    )
  })

  it('keeps the verdict of the reviewer when the checks are mended and come to it', async () => {
    const project = await ran()
    await project.assay(reviewArgs(project, markedIn(project, { 'w-2': 'judge_wrong' })))
    project.write(
      'suite.yaml',
      MARKED_SUITE.replace('{type: equals, value: YES}', '{type: contains, value: NO}'),
    )
    await project.assay(['verify', 'last'])
    const { stdout } = await project.assay(['review', 'last'])
    expect(stdout).toContain('judge_wrong  2 cells that passed')
    expect(stdout).toContain('Checks and reviewer agree wherever both have a verdict.')
    expect((await project.assay(['gate', lastRun(project)])).code).toBe(0)
    expect((await project.assay(['accept', lastRun(project)])).code).toBe(0)
  })

  it('warns of a cell whose outcome is another by now, and keeps what was meant', async () => {
    const project = await ran()
    const { code, stderr } = await project.assay(
      reviewArgs(project, markedIn(project, { 'w-2': 'agree' }, { outcome: 'passed' })),
    )
    expect(code).toBe(0)
    expect(stderr).toContain(
      'w-2 in says × p: its outcome was passed when it was reviewed, and is failed in the record',
    )
    expect(stored(project)[0]?.outcome).toBe('passed')
  })

  it('writes rows to calibrate a judge on', async () => {
    const project = await ran()
    const args = [...reviewArgs(project, markedIn(project, MARKS, { note: 'n' })), '--export', 'rows.jsonl']
    expect((await project.assay(args)).stdout).toContain('6 rows to calibrate on: rows.jsonl')
    const rows = project
      .read('rows.jsonl')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as CalibrationRow)
    expect(rows.filter(({ caseId }) => caseId === 'w-2')).toMatchObject([
      {
        vars: { word: 'no' },
        prompt: 'Say no',
        output: 'SAY NO',
        machine: 'failed',
        human: 'passed',
        checks: 1,
      },
      { repeat: 1, check: { type: 'equals', pass: false } },
    ])
    expect(rows.find(({ caseId }) => caseId === 'w-3')).toMatchObject({
      machine: 'passed',
      human: null,
      mark: 'label_wrong',
    })
  })

  it('stays with its replies when something is scrubbed out of them', async () => {
    const project = await ran()
    await project.assay(reviewArgs(project, markedIn(project, MARKS, { note: 'not SAY THREE' })))
    await project.assay(['report', 'last', '--share'])
    const scrubbed = await project.assay(['scrub', '--match', 'THREE', '--yes', lastRun(project)])
    expect(scrubbed.code).toBe(0)
    expect(project.read(inRun(project, 'reviews.json'))).not.toContain('THREE')
    expect((await project.assay(['review', 'last'])).stdout).toContain('6 cells carry a review:')
    expect(unpackPage(project.read(inRun(project, 'report.html')))).not.toContain('THREE')
    expect(existsSync(project.path(inRun(project, 'report.share.html')))).toBe(false)
  })
})
