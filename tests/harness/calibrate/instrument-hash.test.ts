import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { configure } from '../../../assertions/judge.ts'
import { instrumentHash } from '../../../harness/calibrate/instrument-hash.ts'
import type { Instrument } from '../../../harness/model/custom-check.ts'
import type { Suite } from '../../../harness/model/suite.ts'
import { renderEnv } from '../../../harness/suite/config/render-env.ts'
import { configureCheck } from '../../../harness/verify/checks/custom.ts'
import { graderSpecs } from '../../../harness/verify/graders/graders.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-instrument-'))
afterAll(() => rmSync(dir, { recursive: true }))
writeFileSync(join(dir, 'judge.ts'), 'export default 1')

function suiteIn(folder: string): Suite {
  return { dir: folder, root: folder, file: join(folder, 'suite.yaml'), providers: [], assay: {} } as never
}

const suite = suiteIn(dir)
const at = { file: suite.file, line: 1 }
const judge = { id: 'file://judge.ts', label: 'judge', config: { key: '{{env.KEY}}', temperature: 0 } }
const rubric = { criterion: 'Is it {{env.KEY}}?', levels: [1, 2] }

async function instrumentOf(env: Record<string, string>, model: object = judge): Promise<Instrument> {
  const config = renderEnv({ judge: model, rubric }, env)
  const assertion = { type: 'javascript', value: 'file://judge.ts', config }
  const { instrument } = await configureCheck(configure, assertion, at, suite)
  return instrument as Instrument
}

const hashOf = async (env: Record<string, string>, model?: object): Promise<string> =>
  instrumentHash({ ...(await instrumentOf(env, model)), identity: 'rubric' }, suite, at)

describe('the hash of a judge', () => {
  it('does not depend on what the environment puts into the config of its model', async () => {
    const [a, b] = [await hashOf({ KEY: 'a' }), await hashOf({ KEY: 'b' })]
    expect(a).toBe(b)
    // Unset, the template stands there as it is written.
    expect(await hashOf({})).toBe(a)
    const { graders } = await instrumentOf({ KEY: 'a' })
    expect(graderSpecs(graders[0], suite, at)).toMatchObject([{ config: { key: 'a', temperature: 0 } }])
  })

  it('depends on what is written there', async () => {
    const before = await hashOf({ KEY: 'a' })
    expect(await hashOf({ KEY: 'a' }, { ...judge, config: { ...judge.config, temperature: 1 } })).not.toBe(
      before,
    )
    expect(await hashOf({ KEY: 'a' }, { ...judge, config: { ...judge.config, key: 'a' } })).not.toBe(before)
  })

  it('is another where the environment changes what the judge is asked', async () => {
    const rubrics = [await instrumentOf({ KEY: 'a' }), await instrumentOf({ KEY: 'b' })]
    const [a, b] = await Promise.all(rubrics.map((instrument) => instrumentHash(instrument, suite, at)))
    expect(a).not.toBe(b)
  })

  it('depends on the content of a file that promptfoo reads the model off', async () => {
    const hashes: string[] = []
    for (const model of ['openai:mini', 'openai:max', 'openai:mini']) {
      writeFileSync(join(dir, 'model.yaml'), `id: ${model}\n`)
      const instrument = { graders: ['file://model.yaml'], identity: 'rubric' }
      hashes.push(await instrumentHash(instrument, suite, at))
    }
    expect(hashes[0]).not.toBe(hashes[1])
    expect(hashes[0]).toBe(hashes[2])
  })

  it('depends neither on the folder nor on the name of the model’s file, nor on its label', async () => {
    const other = mkdtempSync(join(tmpdir(), 'assay-instrument-'))
    writeFileSync(join(other, 'renamed.ts'), 'export default 1')
    const instrument = {
      graders: [{ ...judge, id: 'file://renamed.ts', label: 'another' }],
      identity: 'rubric',
    }
    const there = await instrumentHash(instrument, suiteIn(other), {
      file: join(other, 'suite.yaml'),
      line: 9,
    })
    rmSync(other, { recursive: true })
    expect(there).toBe(await hashOf({}))
  })
})
