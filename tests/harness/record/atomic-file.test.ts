import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeFileAtomic, writeJson } from '../../../harness/record/atomic-file.ts'
import { makeRedactor } from '../../../harness/record/redact.ts'

let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'assay-atomic-'))
})

describe('a file of the run folder', () => {
  it('is replaced whole', async () => {
    const file = path.join(dir, 'report.html')
    await writeFileAtomic(file, ['first'])
    await writeFileAtomic(file, ['sec', 'ond'])
    expect(await readFile(file, 'utf8')).toBe('second')
    expect(await readdir(dir)).toEqual(['report.html'])
  })

  it('stays as it was when what makes it fails half way', async () => {
    const file = path.join(dir, 'report.html')
    await writeFileAtomic(file, ['first'])
    const broken = async function* (): AsyncGenerator<string> {
      yield 'half'
      throw new Error('a renderer broke')
    }
    await expect(writeFileAtomic(file, broken())).rejects.toThrow('a renderer broke')
    expect(await readFile(file, 'utf8')).toBe('first')
    expect(await readdir(dir)).toEqual(['report.html'])
  })

  it('says which file could not be written', async () => {
    const file = path.join(dir, 'missing', 'report.html')
    await expect(writeFileAtomic(file, ['x'])).rejects.toMatchObject({
      code: 'incomplete',
      message: expect.stringContaining(`${file} cannot be written`),
    })
  })

  it('holds readable JSON without secrets', async () => {
    const redact = makeRedactor({ env: { A_KEY: 'very"secret' } })
    await writeJson(dir, 'manifest.json', { note: 'it is very"secret' }, redact)
    expect(await readFile(path.join(dir, 'manifest.json'), 'utf8')).toBe(
      '{\n  "note": "it is [redacted:A_KEY]"\n}\n',
    )
  })
})
