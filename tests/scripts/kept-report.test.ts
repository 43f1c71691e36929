import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Renderer } from '../../harness/model/report.ts'
import { writeKeptReport } from '../../scripts/kept-report.ts'
import { makeInput } from '../reports/make-input.ts'

let dir: string
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'assay-kept-'))))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function rendererOf(names: readonly string[]): Renderer {
  return {
    name: 'x',
    file: 'report.html',
    async *render(_input, beside) {
      for (const name of names) yield `${await beside?.(name, `of ${name}`)}\n`
    },
  }
}

describe('a report in its place', () => {
  it('has its parts in a folder beside it, and none of an earlier report', async () => {
    const file = join(dir, 'report.html')
    await writeKeptReport(file, rendererOf(['a.js', 'b.js']), makeInput({ trials: [] }))
    expect(readFileSync(file, 'utf8')).toBe('report.data/a.js\nreport.data/b.js\n')
    expect(readFileSync(join(dir, 'report.data/b.js'), 'utf8')).toBe('of b.js')
    await writeKeptReport(file, rendererOf(['c.js']), makeInput({ trials: [] }))
    expect(readdirSync(join(dir, 'report.data'))).toStrictEqual(['c.js'])
    await writeKeptReport(file, rendererOf([]), makeInput({ trials: [] }))
    expect(existsSync(join(dir, 'report.data'))).toBe(false)
    expect(readdirSync(dir)).toStrictEqual(['report.html'])
  })

  it('stays as it was, with its parts, where another cannot be written', async () => {
    const file = join(dir, 'report.html')
    await writeKeptReport(file, rendererOf(['a.js']), makeInput({ trials: [] }))
    const broken: Renderer = {
      ...rendererOf([]),
      async *render(input, beside) {
        yield* rendererOf(['a.js', 'b.js']).render(input, beside)
        throw new Error('no more')
      },
    }
    await expect(writeKeptReport(file, broken, makeInput({ trials: [] }))).rejects.toThrow('no more')
    expect(readFileSync(file, 'utf8')).toBe('report.data/a.js\n')
    expect(readdirSync(join(dir, 'report.data'))).toStrictEqual(['a.js'])
    expect(readdirSync(dir).sort()).toStrictEqual(['report.data', 'report.html'])
  })

  it('is whole where several are written at once', async () => {
    const file = join(dir, 'report.html')
    const parts = ['a.js', 'b.js', 'c.js']
    await Promise.all(
      Array.from({ length: 5 }, async () =>
        writeKeptReport(file, rendererOf(parts), makeInput({ trials: [] })),
      ),
    )
    expect(readFileSync(file, 'utf8')).toBe(parts.map((name) => `report.data/${name}\n`).join(''))
    expect(readdirSync(join(dir, 'report.data')).sort()).toStrictEqual(parts)
    expect(readdirSync(dir).sort()).toStrictEqual(['report.data', 'report.html'])
  })
})
