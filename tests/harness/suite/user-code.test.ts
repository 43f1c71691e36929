import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadUserFunction, parseCodeReference } from '../../../harness/suite/user-code.ts'
import { refused, suiteFolder } from './suite-folder.ts'

const HARNESS = join(import.meta.dirname, '../../../harness/suite/user-code.ts')

/** vitest compiles TypeScript in its own way; only a process of its own imports as Node does. */
const PROBE = `
const { importUserFile } = await import(${JSON.stringify(HARNESS)})
const results = {}
for (const name of process.argv.slice(2)) {
  try {
    results[name] = { imported: typeof (await importUserFile(process.cwd() + '/' + name, { file: 'suite.yaml', line: 3 })) }
  } catch (error) {
    results[name] = { name: error.name, code: error.code, message: error.message, at: error.at, hint: error.hint }
  }
}
console.log(JSON.stringify(results))
`

const FILES: Record<string, string> = {
  'good.ts': 'export default (x: number): number => x\n',
  'enum.ts': 'export const a = 1\n\nenum Color { Red }\nexport default Color\n',
  'namespace.ts': 'namespace N { export const x = 1 }\nexport default N\n',
  'property.ts': 'export default class P {\n  constructor(private x: number) {}\n}\n',
  'decorator.ts': 'const seal = (_: unknown) => undefined\n\n@seal\nexport default class P {}\n',
  'imports-enum.ts': "import './enum.ts'\nexport default 1\n",
  'syntax.ts': 'export default function ( {\n  return 1\n',
  'syntax.mjs': 'export default () => {\n  return )\n}\n',
  'throws.ts': 'export default 1\nthrow new Error("no luck")\n',
  'rejects.mjs': 'await Promise.reject(new Error("later"))\n',
  'missing.ts': "import { x } from './gone.ts'\nexport default x\n",
  'package.ts': "import x from 'no-such-package'\nexport default x\n",
  'export.ts': "import { nope } from './good.ts'\nexport default nope\n",
  'common.js': 'module.exports = () => 1\n',
  'commonjs/module.ts': "import { one } from './other.ts'\nexport default (): number => one\n",
  'commonjs/other.ts': 'export const one: number = 1\n',
  'commonjs/plain.js': '// export default is not what this file does\nmodule.exports = () => 1\n',
  'export.cjs': '\nexport default 1\n',
  'node_modules/dep/index.ts': 'export default (x: number) => x\n',
}

interface Result {
  readonly imported?: string
  readonly name?: string
  readonly code?: string
  readonly message?: string
  readonly at?: { readonly file: string; readonly line: number }
  readonly hint?: string
}

describe('a file that Node imports', () => {
  let results: Record<string, Result> = {}

  beforeAll(async () => {
    const dir = await suiteFolder({
      ...FILES,
      'probe.mjs': PROBE,
      'commonjs/package.json': '{"type": "commonjs"}',
    })
    const { stdout } = await promisify(execFile)(process.execPath, ['probe.mjs', ...Object.keys(FILES)], {
      cwd: dir,
    })
    results = JSON.parse(stdout) as Record<string, Result>
  })

  it('is imported when its types can be stripped', () => {
    expect(results['good.ts']).toEqual({ imported: 'function' })
  })

  it.each(['commonjs/module.ts', 'commonjs/plain.js'])(
    'is a module when it says so, whatever the nearest package.json has: %s',
    (name) => expect(results[name]).toEqual({ imported: 'function' }),
  )

  it.each([
    ['enum.ts', 'enum.ts', 3, /TypeScript enum/, /union type/],
    ['namespace.ts', 'namespace.ts', 1, /TypeScript namespace declaration/, /ES module/],
    ['property.ts', 'property.ts', 2, /TypeScript parameter property/, /constructor assigns/],
    ['decorator.ts', 'decorator.ts', 3, /a decorator/, /plain function call/],
    ['imports-enum.ts', 'enum.ts', 3, /TypeScript enum/, /union type/],
    ['syntax.ts', 'syntax.ts', 2, /syntax error/, undefined],
    ['syntax.mjs', 'syntax.mjs', 2, /syntax error/, undefined],
    ['throws.ts', 'throws.ts', 2, /it threw while it was loaded: no luck/, undefined],
    ['rejects.mjs', 'rejects.mjs', 1, /it threw while it was loaded: later/, undefined],
    ['missing.ts', 'missing.ts', 1, /Cannot find module .*gone\.ts/, /file extension/],
    ['package.ts', 'package.ts', 1, /Cannot find package 'no-such-package'/, undefined],
    ['export.ts', 'export.ts', 1, /does not provide an export named 'nope'/, undefined],
    ['common.js', 'common.js', 1, /not defined in ES module scope/, /\.cjs/],
    ['export.cjs', 'export.cjs', 2, /Unexpected token 'export'/, /\.mjs/],
    ['node_modules/dep/index.ts', 'index.ts', 1, /under node_modules/, /compile it/],
  ])('is refused with its place and construct: %s', (name, file, line, message, hint) => {
    const result = results[name]
    expect(result).toMatchObject({ name: 'HarnessError', code: 'suite', at: { line } })
    expect(result?.at?.file.endsWith(`/${file}`)).toBe(true)
    expect(result?.message).toMatch(message)
    expect(result?.message).toMatch(/cannot import .* \(named at suite\.yaml:3\)/)
    expect(result?.hint ?? 'none').toMatch(hint ?? /none/)
  })
})

describe('a function of the user', () => {
  const load = async (ref: string, code: string): Promise<(...args: unknown[]) => unknown> => {
    const dir = await suiteFolder({ 'f.mjs': code })
    return loadUserFunction(ref, { dir, root: dir })
  }

  it('is the default export, the default of a default, or the one that is named', async () => {
    expect((await load('f.mjs', 'export default () => 1'))()).toBe(1)
    expect((await load('file://f.mjs', 'export default { default: () => 2 }'))()).toBe(2)
    expect((await load('file://f.mjs:g', 'export const g = () => 3'))()).toBe(3)
    expect((await load('file://f.mjs', 'export const func = () => 4'))()).toBe(4)
  })

  it('is refused when it is not there, or promptfoo would not find it', async () => {
    expect((await refused(load('f.mjs:g', 'export const h = 1'))).hint).toBe('it exports `h`')
    expect((await refused(load('f.mjs', 'export const h = 1'))).message).toMatch(
      /no default export that is a function/,
    )
    expect(
      (await refused(load('f.mjs:g', 'export default () => 1; export const g = () => 2'))).message,
    ).toMatch(/promptfoo would not find `g`/)
    expect((await refused(load('gone.mjs', ''))).message).toMatch(/file not found/)
  })

  it.each([
    ['file://a.ts:fn', { path: 'a.ts', functionName: 'fn' }],
    ['a.mjs', { path: 'a.mjs' }],
    ['file://12:30.ts', { path: '12:30.ts' }],
    ['file://notes.txt:x', { path: 'notes.txt:x' }],
    ['file:///abs/a.py:fn', { path: '/abs/a.py', functionName: 'fn' }],
  ])('is named by %s', (ref, expected) => {
    expect(parseCodeReference(ref)).toEqual(expected)
  })
})
