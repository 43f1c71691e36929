import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { unpackPage } from '../reports/unpack-page.ts'
import type { Project } from './cli.ts'
import { inRun, lastRun, ran } from './marked.ts'

/** Every text of the suite has a word in it that says whose it is. */
const SUITE = `description: three words
prompts: [{raw: 'Say {{word}} Templar', label: says, config: {about: Promptcfg}}]
providers: [{id: file://provider.ts, label: p, config: {system: Configword}}]
tests:
  - {vars: {word: Alpha}, description: Descrybed, metadata: {id: w-1, tags: [short], about: Alphaword}, assert: [{type: contains, value: ALPHA}]}
  - {vars: {word: Beta}, metadata: {id: w-2}, assert: [{type: equals, value: Betawanted}]}
  - {vars: {word: Gamma}, metadata: {id: w-3}, assert: [{type: icontains, value: Gamma}]}
`

/** A word in a page that only its texts have, whatever its case. */
function has(project: Project, name: string, word: string): boolean {
  return unpackPage(project.read(inRun(project, name)))
    .toLowerCase()
    .includes(word.toLowerCase())
}

function wordsIn(project: Project, name: string): string[] {
  const words = ['Alpha', 'Descrybed', 'Beta', 'Betawanted', 'Gamma', 'Templar', 'Promptcfg', 'Configword']
  return words.filter((word) => has(project, name, word))
}

describe('assay report --share', () => {
  it('shows the texts of the cases that the verdict names alone, and says so', async () => {
    const project = await ran(SUITE)
    const { code, stdout, stderr } = await project.assay(['report', 'last', '--share'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain(
      'shared: prompts and replies of 2 of 3 cases are left out, and all prompt templates, configs and warnings; shown: w-2\n',
    )
    expect(stderr).toContain(`html: ${project.path(inRun(project, 'report.share.html'))}\n`)
    expect(wordsIn(project, 'report.share.html')).toEqual(['Beta', 'Betawanted', 'Templar'])
    expect(wordsIn(project, 'report.html')).toEqual(
      expect.arrayContaining(['Alpha', 'Gamma', 'Beta', 'Templar']),
    )
    for (const name of ['w-1', 'w-3', 'suite.yaml'])
      expect(has(project, 'report.share.html', name)).toBe(true)
  })

  it('shows exactly the cases that are named, in every format, beside the reports of the run', async () => {
    const project = await ran(SUITE)
    const before = project.read(inRun(project, 'junit.xml'))
    const args = [
      '--case',
      'w-1',
      '--case',
      'w-3',
      '--reporter',
      'html',
      '--reporter',
      'junit',
      '--reporter',
      'jsonl',
    ]
    const { stderr } = await project.assay([
      'report',
      'last',
      '--share',
      ...args,
      '--reporter',
      'markdown=pr.md',
    ])
    expect(stderr).toContain('prompts and replies of 1 of 3 cases are left out')
    expect(wordsIn(project, 'report.share.html')).toEqual(['Alpha', 'Descrybed', 'Gamma', 'Templar'])
    expect(wordsIn(project, 'results.share.jsonl')).toEqual(['Alpha', 'Descrybed', 'Gamma', 'Templar'])
    expect(wordsIn(project, 'junit.share.xml')).toEqual(['Descrybed'])
    expect(project.read('pr.md')).not.toMatch(/beta/i)
    expect(project.read(inRun(project, 'junit.xml'))).toBe(before)
    expect(before).toContain('Betawanted')
  })

  it('prints a summary and a table that leave them out as well', async () => {
    const project = await ran(SUITE)
    const whole = await project.assay(['report', 'last', '--json', '--reporter', 'default'])
    expect(whole.stdout).toMatch(/beta/i)
    const shared = await project.assay([
      'report',
      'last',
      '--share',
      '--case',
      'w-1',
      '--json',
      '--reporter',
      'default',
    ])
    expect(shared.stdout).not.toMatch(/beta/i)
    expect(shared.stdout).toContain('left out of this shared report')
  })

  it('refuses a case that the run does not have, and one without --share, before anything is written', async () => {
    const project = await ran(SUITE)
    const unknown = await project.assay(['report', 'last', '--share', '--case', 'w1'])
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain(
      'error: --case "w1": the run has no such case\nhint: did you mean `w-1`?',
    )
    const far = await project.assay(['report', 'last', '--share', '--case', 'something else'])
    expect(far.stderr).toContain('hint: There are w-1, w-2, w-3')
    const alone = await project.assay(['report', 'last', '--case', 'w-1'])
    expect(alone).toMatchObject({ code: 2 })
    expect(alone.stderr).toContain('--share is not given')
    expect(existsSync(project.path(inRun(project, 'report.share.html')))).toBe(false)
  })
})

describe('assay report --open', () => {
  /** A folder first on the path, whose opener notes what it was given and ends like this. */
  function opener(project: Project, end = 'exit 0'): Record<string, string> {
    mkdirSync(project.path('bin'), { recursive: true })
    project.write('bin/xdg-open', `#!/bin/sh\nprintf '%s' "$1" > '${project.path('opened')}'\n${end}\n`)
    chmodSync(project.path('bin/xdg-open'), 0o755)
    return { PATH: `${project.path('bin')}:${process.env['PATH'] ?? ''}` }
  }

  it('writes the page of the last run again, and opens it', async () => {
    const project = await ran(SUITE)
    project.write(inRun(project, 'report.html'), 'old')
    const { code, stdout } = await project.assay(['report', 'last', '--open'], { env: opener(project) })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(readFileSync(project.path('opened'), 'utf8')).toBe(project.path(inRun(project, 'report.html')))
    expect(project.read(inRun(project, 'report.html'))).toMatch(/^<!doctype html>/)
  })

  it('opens the shared page, and a page elsewhere', async () => {
    const project = await ran(SUITE)
    const env = opener(project)
    await project.assay(['report', 'last', '--share', '--open'], { env })
    expect(project.read('opened')).toBe(project.path(inRun(project, 'report.share.html')))
    await project.assay(['report', 'last', '--reporter', 'html=page.html', '--open'], { env })
    expect(project.read('opened')).toBe(project.path('page.html'))
    const json = await project.assay(['report', 'last', '--json', '--open'], { env })
    expect(JSON.parse(json.stdout)).toMatchObject({ v: 1 })
  })

  it('prints the address of the page where there is no browser, or it fails, and exits 0', async () => {
    const project = await ran(SUITE)
    const url = `${pathToFileURL(project.path(inRun(project, 'report.html'))).href}\n`
    const none = await project.assay(['report', 'last', '--open'], { env: { PATH: project.dir } })
    expect(none).toMatchObject({ code: 0, stdout: url })
    const failing = await project.assay(['report', 'last', '--open'], { env: opener(project, 'exit 3') })
    expect(failing).toMatchObject({ code: 0, stdout: url })
    const json = await project.assay(['report', 'last', '--open', '--json'], { env: { BROWSER: 'none' } })
    expect(json.stderr).toContain(url)
    expect(JSON.parse(json.stdout)).toMatchObject({ run: { dir: project.path(lastRun(project)) } })
  })
})
