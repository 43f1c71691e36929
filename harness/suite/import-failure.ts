import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { HarnessError } from '../model/errors.ts'
import { messageOf } from '../model/errors.ts'
import type { SourceLocation } from '../model/source.ts'
import { formatLocation } from '../model/source.ts'
import { fail } from './config/fail.ts'

const STRIP_HINT = 'Node runs TypeScript by stripping its types: use only syntax that can be erased'

const COMMONJS_HINT = 'a .cjs or .cts file is CommonJS: rename it to .mjs or .mts'

/** What to write in place of a construct that Node cannot strip. */
const REPLACEMENTS: Record<string, string> = {
  enum: 'a `const` object and a union type',
  'namespace declaration': 'an ES module',
  'parameter property': 'a field that the constructor assigns',
  'import equals declaration': 'an `import` statement',
  decorator: 'a plain function call',
}

/**
 * Turns what an import threw into an error that names the file, the line and, when Node cannot strip the types, the construct.
 * @param path the file that was to be imported; the mistake may lie in a file it imports
 * @param at where the suite names the file
 */
export function explainImportFailure(thrown: unknown, path: string, at?: SourceLocation): HarnessError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  const message = messageOf(thrown)
  const named = at === undefined ? '' : ` (named at ${formatLocation(at)})`
  const place = placeOf(thrown, path)
  const cannot = (why: string, hint?: string): HarnessError =>
    fail('suite', `cannot import ${path}${named}: ${why}`, place ?? { file: path, line: 1 }, hint, thrown)

  if (code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING')
    return cannot(
      'Node does not strip the types of files under node_modules',
      'move the file out of node_modules, or compile it',
    )
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    const construct = /^TypeScript (.+) is not supported/.exec(message)?.[1]
    return cannot(
      construct === undefined ? message : `it uses a TypeScript ${construct}, which Node cannot strip`,
      stripHint(construct),
    )
  }
  const decorator = thrown instanceof SyntaxError ? decoratorLine(path) : undefined
  if (decorator !== undefined && place === undefined)
    return fail(
      'suite',
      `cannot import ${path}${named}: it uses a decorator, which Node cannot strip`,
      { file: path, line: decorator },
      stripHint('decorator'),
      thrown,
    )
  if (thrown instanceof SyntaxError) {
    const checked = place ?? syntaxCheck(path)
    return fail(
      'suite',
      `cannot import ${path}${named}: syntax error: ${message}`,
      checked ?? { file: path, line: 1 },
      isModuleInCommonJs(message) ? COMMONJS_HINT : undefined,
      thrown,
    )
  }
  if (code === 'ERR_MODULE_NOT_FOUND') return cannot(message, missingModuleHint(message))
  if (message.includes('is not defined in ES module scope'))
    return cannot(message.split('\n', 1)[0] ?? message, 'rename a CommonJS file to .cjs, or use `export`')
  return cannot(`it threw while it was loaded: ${message}`)
}

/** What V8 says of `import` and `export` in a file that Node takes for CommonJS. */
function isModuleInCommonJs(message: string): boolean {
  return message === "Unexpected token 'export'" || message === 'Cannot use import statement outside a module'
}

function stripHint(construct: string | undefined): string {
  const instead = construct === undefined ? undefined : REPLACEMENTS[construct]
  return instead === undefined ? STRIP_HINT : `${STRIP_HINT}; here, ${instead}`
}

function missingModuleHint(message: string): string | undefined {
  return message.startsWith('Cannot find module')
    ? 'imports need the file extension: `./other.ts`'
    : undefined
}

/** Node puts `file:///x.ts:3`, or `/x.ts:3`, at the head of a syntax error's stack; what is thrown at run time has it in its frames. */
function placeOf(thrown: unknown, path: string): SourceLocation | undefined {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  const head = /^(file:\/\/\S+?|\/.*?):(\d+)\n/.exec(stack)
  if (head?.[1] !== undefined) {
    const file = head[1].startsWith('file://') ? fileURLToPath(head[1]) : head[1]
    return { file, line: Number(head[2]) }
  }
  const frame = /at (?:.*\()?(file:\/\/[^\s)]+?):(\d+):(\d+)\)?$/m.exec(stack)
  if (frame?.[1] === undefined) return undefined
  const file = fileURLToPath(frame[1].replace(/\?.*$/, ''))
  // A frame of ours would blame the wrong file.
  return file === path || !file.includes('/harness/suite/')
    ? { file, line: Number(frame[2]), column: Number(frame[3]) }
    : undefined
}

/** Node keeps decorators as they are, and V8 then stumbles over the `@` without saying where. */
function decoratorLine(path: string): number | undefined {
  if (!/\.[cm]?ts$/i.test(path)) return undefined
  const index = readSource(path).findIndex((line) => /^\s*@[A-Za-z_$][\w$.]*/.test(line))
  return index < 0 ? undefined : index + 1
}

/** V8 does not say where a module's syntax error is, but `node --check` prints it. */
function syntaxCheck(path: string): SourceLocation | undefined {
  const { stderr } = spawnSync(process.execPath, ['--check', path], { encoding: 'utf8', timeout: 10_000 })
  const line = /:(\d+)$/m.exec(stderr ?? '')?.[1]
  return line === undefined ? undefined : { file: path, line: Number(line) }
}

function readSource(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
