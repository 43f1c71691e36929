import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { type Files, Project } from './cli.ts'

/** The top of a suite whose provider would leave a trace. */
export const HEAD = `prompts: ['Say {{word}}']
providers: [file://provider.ts]
`

export const TESTS = `tests:
  - vars: { word: yes }
    assert: [{ type: contains, value: SAY }]
`

/** A mistake of the user's, and what is said about it; paths are relative to the project. */
export interface Refusal {
  readonly what: string
  /** The suite, when it is where the mistake is. */
  readonly suite?: string
  readonly files?: Files
  /** By default `run suite.yaml`. */
  readonly args?: readonly string[]
  /** By default 2. */
  readonly code?: 2 | 3
  /** Begins with `file:line:column: ` where there is such a place. */
  readonly error: string
  readonly hint: string
}

/** One test for each: told, with what to do about it, before the provider was called and before a run folder was made. */
export function refuses(refusals: readonly Refusal[]): void {
  it.each(refusals)('refuses $what', async ({ suite, files = {}, args, code = 2, error, hint }) => {
    const project = new Project(suite === undefined ? files : { 'suite.yaml': suite, ...files })
    const ended = await project.assay(args ?? ['run', 'suite.yaml'])

    const said = ended.stderr.replaceAll(project.dir, '.').replaceAll(dirname(project.dir), '..')
    expect(said).toContain(`error: ${error}`)
    expect(said).toContain(hint)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(project.calls).toEqual([])
    expect(project.runs).toEqual([])
  })
}
