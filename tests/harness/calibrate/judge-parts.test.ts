import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { changedParts, judgeParts } from '../../../harness/calibrate/judge-parts.ts'
import type { Suite } from '../../../harness/model/suite.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-judge-parts-'))
afterAll(() => rmSync(dir, { recursive: true }))
writeFileSync(join(dir, 'judge.ts'), 'export default 1')

const suite = { dir, root: dir, file: join(dir, 'suite.yaml'), providers: [], assay: {} } as unknown as Suite
const at = { file: suite.file, line: 1 }
const mini = { id: 'openai:mini', label: 'mini', config: { temperature: 0 } }
const own = { id: 'file://judge.ts', label: 'own' }
const rubric = { criterion: 'Is it right?' }
const base = { graders: [mini, own], identity: { rubric, threshold: 0.5, template: undefined } }
const partsOf = (instrument: Parameters<typeof judgeParts>[0] = base) => judgeParts(instrument, suite, at)

describe('what has changed in a judge', () => {
  it('is nothing where it is the same one, in whatever order its config is written', async () => {
    const graders = [{ config: { temperature: 0 }, label: 'mini', id: 'openai:mini' }, own]
    expect(changedParts(await partsOf(), await partsOf({ ...base, graders }))).toEqual([])
  })

  it.each([
    ['a rubric', { ...base, identity: { ...base.identity, rubric: { criterion: 'Is it?' } } }, ['rubric']],
    ['a template of its own', { ...base, identity: { ...base.identity, template: 'x' } }, ['template']],
    ['a config', { ...base, graders: [{ ...mini, config: { temperature: 1 } }, own] }, ['config of mini']],
    [
      'a model under the same name',
      { ...base, graders: [{ ...mini, id: 'openai:max' }, own] },
      ['code of mini'],
    ],
    ['another model', { ...base, graders: [own, 'openai:max'] }, ['model openai:max']],
    ['a smaller panel', { ...base, graders: [own] }, ['number of models']],
    ['an identity that is no object', { ...base, identity: 'v2' }, ['check', 'rubric', 'threshold']],
  ])('is told of %s', async (_, now, changed) => {
    expect(changedParts(await partsOf(), await partsOf(now))).toEqual(changed)
  })

  it('is told of the code of a model that is a file', async () => {
    const before = await partsOf()
    writeFileSync(join(dir, 'judge.ts'), 'export default 2')
    expect(changedParts(before, await partsOf())).toEqual(['code of own'])
  })

  it('is not known of a calibration that kept no parts', async () => {
    expect(changedParts(undefined, await partsOf())).toEqual([])
  })
})
