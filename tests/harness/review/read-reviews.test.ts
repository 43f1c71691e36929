import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Review } from '../../../harness/model/review.ts'
import { replyHash } from '../../../harness/model/review.ts'
import type { Run } from '../../../harness/model/run.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import { openRun } from '../../../harness/record/open-run.ts'
import { makeRedactor } from '../../../harness/record/redact.ts'
import { readReviews } from '../../../harness/review/read-reviews.ts'
import { rebindReviews } from '../../../harness/review/rebind-reviews.ts'
import { readStoredReviews, writeReviews } from '../../../harness/review/stored-reviews.ts'
import { surveyReviews } from '../../../harness/review/survey-reviews.ts'
import { makeFolder, writeRun } from '../baseline/make-run.ts'
import { MANIFEST_INPUT } from '../record/make-manifest-input.ts'
import { makeReview, trialOf } from './make-review.ts'

const FIRST = trialOf('c-1')
const SECOND = trialOf('c-2', 0, { outcome: 'failed' })
const asIs = makeRedactor({})

let suite = ''
beforeEach(() => {
  suite = makeFolder()
})

/** A run in the folder of the suite, with these reviews in it. */
async function made(id: string, reviews: readonly Review[] = [], trials: readonly Trial[] = [FIRST, SECOND]) {
  const dir = join(suite, id)
  writeRun(dir, trials, { id })
  if (reviews.length > 0) await writeReviews(dir, reviews, asIs)
  return openRun(dir, dir)
}

async function read(run: Run): Promise<{ reviews: readonly Review[]; warnings: string[] }> {
  const warnings: string[] = []
  return { reviews: await readReviews(run, (warning) => warnings.push(warning)), warnings }
}

describe('reviews of a run', () => {
  it('are none where nobody has reviewed it or any other', async () => {
    await made('run-1')
    expect(await read(await made('run-2'))).toEqual({ reviews: [], warnings: [] })
    const alone = { ...(await made('run-3')), dir: join(suite, 'gone', 'run-3') }
    expect(await read(alone)).toEqual({ reviews: [], warnings: [] })
  })

  it('are its own, and those of the runs beside it, the newest word on each reply', async () => {
    const late = makeReview(SECOND, { mark: 'judge_wrong', at: '2027-02-01T10:00:00Z', run: 'run-1' })
    await made('run-1', [makeReview(FIRST), late])
    const own = [makeReview(SECOND, { mark: 'agree', run: 'run-2' })]
    expect((await read(await made('run-2', own))).reviews).toEqual([makeReview(FIRST), late])
  })

  it('hold for the same reply in a later run, and not for another reply', async () => {
    await made('run-1', [
      makeReview(FIRST, { mark: 'label_wrong' }),
      makeReview(SECOND, { mark: 'acceptable' }),
    ])
    const same = trialOf('c-1', 3)
    const other = trialOf('c-2', 0, { output: 'another reply' })
    const run = await made('run-2', [], [same, other])
    const { reviews } = await read(run)
    expect(await surveyReviews(run, reviews)).toMatchObject([
      { review: { caseId: 'c-1', run: 'run-1' }, repeat: 3, machine: 'passed', human: null },
    ])
  })

  it('do not hold for the same reply to another question under the same id', async () => {
    const asked = (varsHash: string): Trial => ({ ...FIRST, cell: { ...FIRST.cell, varsHash } })
    await made('run-1', [makeReview(asked('as it was'), { varsHash: 'as it was' })], [asked('as it was')])
    for (const [varsHash, count] of [
      ['as it was', 1],
      ['mended', 0],
    ] as const) {
      const run = await made(`run-2-${count}`, [], [asked(varsHash)])
      expect(await surveyReviews(run, (await read(run)).reviews)).toHaveLength(count)
    }
  })

  it('are those of the suite alone, where runs of several lie side by side', async () => {
    const dir = join(suite, 'other')
    const manifest = { id: 'other', suite: { name: 'another', file: 'x.yaml', hash: 'x' } }
    writeRun(dir, [FIRST], manifest)
    await writeReviews(dir, [makeReview(FIRST)], asIs)
    mkdirSync(join(suite, 'no-run'))
    await writeReviews(join(suite, 'no-run'), [makeReview(FIRST)], asIs)
    expect(await read(await made('run-2'))).toEqual({ reviews: [], warnings: [] })
    expect(MANIFEST_INPUT.plan.suite.name).not.toBe('another')
  })

  it.each([
    ['cut off', '{"v":1,"reviews":[{"cell', 'the file is cut off'],
    ['no JSON', 'nothing', 'the file is not JSON'],
    ['of another shape', '{"v":1,"reviews":[{"mark":"agree"}]}', 'is damaged: reviews.0.cellId'],
    ['null', 'null', 'is damaged'],
    ['of a newer version', '{"v":2,"reviews":[]}', 'written by a newer version of assay (format 2'],
  ])('that are %s are left out with a warning, and the others stay', async (_, text, told) => {
    await made('run-1', [makeReview(FIRST)])
    await made('run-0')
    writeFileSync(join(suite, 'run-0', 'reviews.json'), text)
    const { reviews, warnings } = await read(await made('run-2'))
    expect(reviews).toEqual([makeReview(FIRST)])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain(told)
    expect(warnings[0]).toContain(join(suite, 'run-0'))
  })

  it('that lie where a folder does are left out with a warning', async () => {
    mkdirSync(join(suite, 'run-0', 'reviews.json'), { recursive: true })
    const { warnings } = await read(await made('run-2'))
    expect(warnings[0]).toContain('cannot be read')
  })
})

describe('reviews.json', () => {
  it('is read as it was written, its secrets taken out and its marks left, whatever a pattern says', async () => {
    const dir = (await made('run-1')).dir
    const hostile = makeReview(FIRST, { note: 'hunter2! </script> \u202Ex', mark: 'label_wrong' })
    await writeReviews(
      dir,
      [hostile],
      makeRedactor({ patterns: ['hunter2!', '[a-z]+_wrong', '[0-9a-f]{20,}'] }),
    )
    expect(readFileSync(join(dir, 'reviews.json'), 'utf8')).not.toContain('hunter2!')
    const [stored] = await readStoredReviews(dir)
    expect(stored).toEqual({
      ...hostile,
      note: expect.stringMatching(/^\[redacted:pattern-[0-9a-f]{4}\] <\/script> \u202Ex$/) as string,
    })
  })

  it('is bound anew to replies that something was taken out of', async () => {
    const { dir } = await made('run-1', [makeReview(FIRST), makeReview(SECOND)])
    const cleaned = { ...FIRST, cell: { ...FIRST.cell, caseId: 'hashed' }, output: 'said of [redacted:x]' }
    writeRun(dir, [cleaned, SECOND], { id: 'run-1' })
    await rebindReviews(await openRun(dir, dir))
    expect(await readStoredReviews(dir)).toEqual([
      makeReview(SECOND),
      makeReview(FIRST, { caseId: 'hashed', replyHash: replyHash('said of [redacted:x]') }),
    ])
  })

  it('that is damaged stays as it is when it would be bound anew', async () => {
    const { dir } = await made('run-1')
    writeFileSync(join(dir, 'reviews.json'), 'half')
    await rebindReviews(await openRun(dir, dir))
    expect(readFileSync(join(dir, 'reviews.json'), 'utf8')).toBe('half')
  })
})
