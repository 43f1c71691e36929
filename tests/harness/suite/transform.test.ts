import { describe, expect, it } from 'vitest'
import { applyTransform, loadTransform } from '../../../harness/suite/transform.ts'
import type { CodePlace } from '../../../harness/suite/user-code.ts'
import { refused, suiteFolder } from './suite-folder.ts'

const NOWHERE: CodePlace = { dir: '/', root: '/' }

async function place(files: Record<string, string>): Promise<CodePlace> {
  const dir = await suiteFolder(files)
  return { dir, root: dir }
}

describe('a transform', () => {
  it('may be an expression of output and context', async () => {
    expect(
      await applyTransform('output.toUpperCase() + context.vars.x', 'a', { vars: { x: 1 } }, NOWHERE),
    ).toBe('A1')
  })

  it('may be the body of a function when it has several lines', async () => {
    expect(await applyTransform('const n = output + 1\nreturn n', 1, {}, NOWHERE)).toBe(2)
  })

  it('may call its input vars, and require modules', async () => {
    expect(await applyTransform('vars.a', { a: 1 }, {}, NOWHERE, { input: 'vars' })).toBe(1)
    expect(await applyTransform("process.mainModule.require('node:path').sep", '', {}, NOWHERE)).toBe('/')
  })

  it('may be a function, or a file that exports one', async () => {
    const files = {
      'd.mjs': 'export default async (output) => output + "d"',
      'n.ts': 'export const named = (output: string): string => `${output}n`\n',
    }
    const here = await place(files)
    expect(await applyTransform((output: string) => `${output}f`, 'x', {}, here)).toBe('xf')
    expect(await applyTransform('file://d.mjs', 'x', {}, here)).toBe('xd')
    expect(await applyTransform('file://n.ts:named', 'x', {}, here)).toBe('xn')
  })

  it('runs the default export of a file that has one, whatever the name, as promptfoo does', async () => {
    const here = await place({
      'b.mjs': 'export default () => "default"\nexport const named = () => "named"',
    })
    expect(await applyTransform('file://b.mjs:named', 'x', {}, here)).toBe('default')
  })

  it.each([[0], [''], [false]])('may return %j', async (value) => {
    expect(await applyTransform(() => value, 'x', {}, NOWHERE)).toBe(value)
  })

  it.each([[undefined], [null]])('must not return %s', async (value) => {
    await expect(applyTransform(() => value, 'x', {}, NOWHERE)).rejects.toThrow(/did not return a value/)
  })

  it('passes on what is thrown in it, saying where', async () => {
    const thrown = await applyTransform('output.a.b', {}, {}, NOWHERE).catch((error: unknown) => error)
    expect(thrown).toMatchObject({
      message: expect.stringMatching(/^Transform failed \(inline transform: output\.a\.b\)/) as string,
    })
    expect((thrown as Error).cause).toBeInstanceOf(TypeError)
  })

  it('is refused before it runs when it cannot', async () => {
    const here = await place({ 'x.mjs': 'export const x = 1', 'x.py': 'x' })
    const at = { file: 'suite.yaml', line: 3 }
    expect((await refused(loadTransform('({', here, { at }))).message).toMatch(/not JavaScript/)
    expect((await refused(loadTransform('file://x.mjs', here, { at }))).message).toMatch(
      /no default export that is a function/,
    )
    expect(await refused(loadTransform('file://x.mjs:y', here, { at }))).toMatchObject({
      message: expect.stringMatching(/exports no function `y`/) as string,
      hint: 'it exports `x`',
      at,
    })
    expect((await refused(loadTransform('file://x.py', here, { at }))).message).toMatch(
      /not JavaScript or TypeScript/,
    )
    expect((await refused(loadTransform('file://../gone.mjs', here, { at }))).message).toMatch(
      /outside the project/,
    )
    expect((await refused(loadTransform(7, here, { at }))).message).toMatch(/is number/)
  })
})
