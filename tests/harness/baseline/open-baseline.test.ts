import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { OpenBaselineOptions } from '../../../harness/baseline/open-baseline.ts'
import { openBaseline } from '../../../harness/baseline/open-baseline.ts'
import { acceptInto } from './accept-into.ts'
import { makeCells, makeFolder, writeRun } from './make-run.ts'

/** A project with one suite, whose baseline is of a run of it. */
async function project(): Promise<
  OpenBaselineOptions & { readonly suiteDir: string; readonly warnings: string[] }
> {
  const cwd = makeFolder()
  const suiteDir = join(cwd, 'suites/mail')
  const warnings: string[] = []
  writeRun(join(cwd, 'runs/mail/20260131-142530-123-k3f9'), makeCells(['a', 'b'], 1).flat())
  writeRun(suiteDir, [])
  for (const name of ['manifest.json', 'trials.jsonl']) rmSync(join(suiteDir, name))
  writeFileSync(join(suiteDir, 'suite.yaml'), '')
  await acceptInto(suiteDir, join(cwd, 'runs/mail/20260131-142530-123-k3f9'), { margin: 0.1 })
  return {
    cwd,
    suiteDir,
    suite: { name: 'mail', file: join(suiteDir, 'suite.yaml'), dir: suiteDir },
    env: {},
    cacheDir: join(cwd, '.cache'),
    warnings,
    onWarning: (said) => warnings.push(said),
  }
}

describe('openBaseline', () => {
  it.each([
    ["the suite's own where none is named", undefined],
    ['a file', 'suites/mail/baseline.json'],
    ['the folder of a suite', 'suites/mail'],
    ['a suite', 'suites/mail/suite.yaml'],
    ['the folder that belongs to it', 'suites/mail/baseline'],
  ])('opens %s', async (_, ref) => {
    const options = await project()
    const opened = await openBaseline(ref, options)
    expect(opened).toMatchObject({
      name: 'suites/mail/baseline.json',
      kind: 'baseline',
      margin: 0.1,
      arm: {
        about: {
          kind: 'baseline',
          runId: '20260131-142530-123-k3f9',
          by: 'Ada <ada@example.org>',
          replies: true,
        },
      },
      record: { dir: join(options.suiteDir, 'baseline') },
    })
    const { table } = opened?.arm ?? {}
    expect(table?.scores({ prompt: 'zero-shot', provider: 'flash' }, 'accuracy', 'b')).toEqual([0.75])
    expect(table?.latencies({ prompt: 'zero-shot', provider: 'flash' }, 'b')).toHaveLength(1)
    expect(options.warnings).toEqual([])
  })

  it('has the prompts where they are wanted, which the lines of its trials leave to those of their calls', async () => {
    const options = await project()
    const opened = await openBaseline(undefined, options)
    const prompts = async (wanted?: { prompts: boolean }) => {
      const found: string[] = []
      for await (const { request } of opened?.record?.trials(wanted) ?? []) found.push(request.prompt)
      return found
    }
    expect(await prompts()).toEqual(['', '', '', ''])
    expect(await prompts({ prompts: true })).toEqual(Array(4).fill('Is this positive?'))
  })

  it.each([
    ['a run folder', 'runs/mail/20260131-142530-123-k3f9'],
    ['the last run', 'last'],
  ])('opens %s, which has no margin', async (_, ref) => {
    const options = await project()
    const opened = await openBaseline(ref, options)
    expect(opened).toMatchObject({ name: 'runs/mail/20260131-142530-123-k3f9', kind: 'run', margin: null })
    expect(opened?.arm.table.cases.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(opened?.record?.manifest.id).toBe('20260131-142530-123-k3f9')
  })

  it('refuses an empty name, as a variable that is not set leaves it, even in the folder of a suite', async () => {
    const options = await project()
    const here = { ...options, cwd: options.suiteDir }
    await expect(openBaseline('', here)).rejects.toMatchObject({
      exitCode: 2,
      message: 'the name of the baseline is empty',
    })
  })

  it('opens nothing for `none`, and for a suite without a baseline', async () => {
    const options = await project()
    expect(await openBaseline('none', options)).toBeUndefined()
    rmSync(join(options.suiteDir, 'baseline.json'))
    expect(await openBaseline(undefined, options)).toBeUndefined()
    expect(await openBaseline(undefined, { ...options, suite: undefined })).toBeUndefined()
  })

  it.each(['suites/mail/baseline.old.json', 'nowhere', 'runs/mail/20250101'])(
    'refuses %s, which was named and is not there, and says what to do',
    async (ref) => {
      const options = await project()
      await expect(openBaseline(ref, options)).rejects.toMatchObject({
        code: 'usage',
        exitCode: 2,
        message: `there is no baseline \`${ref}\`: looked for ${join(options.cwd, ref)}`,
        hint: expect.stringContaining('`assay accept RUN`') as string,
      })
    },
  )

  it('refuses the folder of a suite that has none, and a named one that is damaged', async () => {
    const options = await project()
    writeFileSync(join(options.suiteDir, 'baseline.json'), '{')
    for (const ref of [undefined, 'suites/mail'])
      await expect(openBaseline(ref, options)).rejects.toThrow('the baseline is cut off')
    rmSync(join(options.suiteDir, 'baseline.json'))
    await expect(openBaseline('suites/mail', options)).rejects.toMatchObject({
      message: expect.stringContaining('there is no baseline `suites/mail/baseline.json`') as string,
    })
  })

  it('opens the scores alone where the folder beside them was not committed, and says what is lost', async () => {
    const options = await project()
    rmSync(join(options.suiteDir, 'baseline'), { recursive: true })
    const opened = await openBaseline(undefined, options)
    expect(opened?.record).toBeUndefined()
    expect(opened?.arm.table.scores({ prompt: 'zero-shot', provider: 'sonnet' }, 'pass', 'a')).toEqual([1])
    expect(options.warnings).toEqual([
      expect.stringMatching(/^suites\/mail\/baseline, which belongs .* is not there/),
    ])
  })

  it.each([
    ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 9\n'],
    ['nothing at all', ''],
  ])('opens the scores alone where the record holds %s, and says what is lost', async (_, text) => {
    const options = await project()
    writeFileSync(join(options.suiteDir, 'baseline/trials.jsonl'), text)
    const opened = await openBaseline(undefined, options)
    expect(opened?.arm.table.scores({ prompt: 'zero-shot', provider: 'sonnet' }, 'pass', 'a')).toEqual([1])
    expect(options.warnings.join('\n')).toMatch(/suites\/mail\/baseline has 0 of the baseline's \d+ cells/)
  })

  it('refuses a folder of another run than the baseline beside it, and half a folder', async () => {
    const options = await project()
    const other = await project()
    writeRun(join(other.cwd, 'runs/mail/later'), makeCells(['a'], 1).flat(), { id: 'later' })
    await acceptInto(other.suiteDir, join(other.cwd, 'runs/mail/later'))
    rmSync(join(options.suiteDir, 'baseline'), { recursive: true })
    renameSync(join(other.suiteDir, 'baseline'), join(options.suiteDir, 'baseline'))
    await expect(openBaseline(undefined, options)).rejects.toMatchObject({
      exitCode: 2,
      message:
        'suites/mail/baseline is of run later, and the baseline beside it of run 20260131-142530-123-k3f9',
      hint: expect.stringContaining('Restore both from git') as string,
    })
    rmSync(join(options.suiteDir, 'baseline/manifest.json'))
    await expect(openBaseline(undefined, options)).rejects.toThrow('manifest.json is missing')
  })
})
