import { createRequire } from 'node:module'
import { messageOf } from '../model/errors.ts'
import type { SourceLocation } from '../model/source.ts'
import type { CodePlace, UserFunction } from './user-code.ts'
import { importUserFile, isCodeFile, loadUserFunction, parseCodeReference } from './user-code.ts'
import { fail } from './config/fail.ts'
import { resolveInside } from './config/paths.ts'

interface TransformOptions {
  /** What an inline expression calls its input. */
  readonly input?: 'output' | 'vars' | undefined
  /** Where the suite says so, for errors. */
  readonly at?: SourceLocation | undefined
}

/** Inline transforms by input name and code; user files are cached by Node. */
const inlineFunctions = new Map<string, UserFunction>()

/**
 * Applies a transform as promptfoo does: a function, an inline JavaScript expression (a body with `return` if it has several
 * lines), or `file://x.ts[:fn]`.
 * @param place what `file://` starts from; a `Suite` is one
 * @throws HarnessError `suite` when the file or the function is missing
 * @throws Error when the transform throws (as its `cause`) or returns null or undefined
 */
export async function applyTransform(
  spec: unknown,
  value: unknown,
  context: unknown,
  place: CodePlace,
  { input = 'output', at }: TransformOptions = {},
): Promise<unknown> {
  const transform = await loadTransform(spec, place, { input, at })
  let result: unknown
  try {
    result = await transform(value, context, processShim())
  } catch (error) {
    throw new Error(`Transform failed (${labelOf(spec)}): ${messageOf(error)}`, { cause: error })
  }
  if (result === null || result === undefined)
    throw new Error(`Transform function did not return a value (${labelOf(spec)})`)
  return result
}

/** The function of a transform, to find mistakes before a run. @throws as `applyTransform` does */
export async function loadTransform(
  spec: unknown,
  place: CodePlace,
  { input = 'output', at }: TransformOptions = {},
): Promise<UserFunction> {
  if (typeof spec === 'function') return spec as UserFunction
  if (typeof spec !== 'string')
    throw fail('suite', `a transform must be a string or a function, but is ${typeof spec}`, at)
  return spec.startsWith('file://') ? fileTransform(spec, place, at) : inlineTransform(spec, input, at)
}

/** promptfoo takes the named function if the file has it, else the default export. */
async function fileTransform(spec: string, place: CodePlace, at?: SourceLocation): Promise<UserFunction> {
  const { path, functionName } = parseCodeReference(spec)
  if (!isCodeFile(path))
    throw fail(
      'suite',
      `transform \`${spec}\` is not JavaScript or TypeScript`,
      at,
      'use a .ts, .mts, .js, .mjs or .cjs file',
    )
  if (functionName === undefined) return loadUserFunction(spec, place, at)
  const exported = await importUserFile(
    resolveInside(place.root, place.dir, path, at, place.allowOutside ?? false),
    at,
  )
  return typeof exported === 'function' && !Object.hasOwn(exported, functionName)
    ? (exported as UserFunction)
    : loadUserFunction(spec, place, at)
}

function inlineTransform(code: string, input: string, at?: SourceLocation): UserFunction {
  const key = `${input}:${code}`
  let compiled = inlineFunctions.get(key)
  if (compiled === undefined) {
    try {
      // The suite's author wrote it: suites are code.
      // oxlint-disable-next-line typescript/no-implied-eval
      compiled = new Function(
        input,
        'context',
        'process',
        code.includes('\n') ? code : `return ${code}`,
      ) as UserFunction
    } catch (error) {
      throw fail('suite', `${labelOf(code)} is not JavaScript: ${messageOf(error)}`, at, undefined, error)
    }
    inlineFunctions.set(key, compiled)
  }
  return compiled
}

function labelOf(spec: unknown): string {
  if (typeof spec === 'function') return spec.name === '' ? 'inline function' : `function ${spec.name}`
  const text = String(spec)
  if (text.startsWith('file://')) return text
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return `inline transform: ${line.length > 80 ? `${line.slice(0, 79)}…` : line}`
}

let shim: NodeJS.Process | undefined

/** Inline code has no `require`; promptfoo lends it `process.mainModule.require`. */
function processShim(): NodeJS.Process {
  shim ??= new Proxy(process, {
    get: (target, key) =>
      key === 'mainModule'
        ? { require: createRequire(import.meta.url) }
        : (Reflect.get(target, key) as unknown),
  })
  return shim
}
