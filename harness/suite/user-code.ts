import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SourceLocation } from '../model/source.ts'
import { fail } from './config/fail.ts'
import { resolveInside } from './config/paths.ts'
import { explainImportFailure } from './import-failure.ts'
import { acceptModuleSyntax } from './module-syntax.ts'

export type UserFunction = (...args: unknown[]) => unknown

/** Where a suite's code may lie. Every `Suite` is one. */
export interface CodePlace {
  /** What relative paths start from. */
  readonly dir: string
  /** No `file://` leaves it … */
  readonly root: string
  /** … unless this is true. */
  readonly allowOutside?: boolean | undefined
}

/** A `file://` or path, taken apart. */
export interface CodeReference {
  readonly path: string
  readonly functionName?: string | undefined
}

const CODE_EXTENSIONS = new Set(['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'])

/** True for a file Node can import: JavaScript or TypeScript, by its extension. */
export function isCodeFile(path: string): boolean {
  return CODE_EXTENSIONS.has(extname(path).toLowerCase())
}

/** Takes `file://x.ts:fn` apart. Only code files have a function; elsewhere a colon is part of the name. */
export function parseCodeReference(ref: string): CodeReference {
  const path = ref.startsWith('file://') ? ref.slice('file://'.length) : ref
  const colon = path.lastIndexOf(':')
  if (colon < 2 || !(isCodeFile(path.slice(0, colon)) || path.slice(0, colon).endsWith('.py')))
    return { path }
  return { path: path.slice(0, colon), functionName: path.slice(colon + 1) }
}

/**
 * Imports a file of the user's (once: later calls share the module) and unwraps it as promptfoo does:
 * `default.default`, else `default`, else the namespace.
 * @param path absolute
 * @param at where the suite names the file
 * @throws HarnessError `suite` naming the file, the line, and the construct when Node cannot strip the types
 */
export async function importUserFile(path: string, at?: SourceLocation): Promise<unknown> {
  return unwrap(await importNamespace(path, at))
}

/**
 * The function that `file://x.ts` or `file://x.ts:fn` names.
 * @throws HarnessError `suite` as `importUserFile` does, and when there is no such function
 */
export async function loadUserFunction(
  ref: string,
  place: CodePlace,
  at?: SourceLocation,
  defaultName = 'func',
): Promise<UserFunction> {
  const { path, functionName } = parseCodeReference(ref)
  const file = resolveInside(place.root, place.dir, path, at, place.allowOutside ?? false)
  if (!isCodeFile(file))
    throw fail(
      'suite',
      `\`${ref}\` is not JavaScript or TypeScript`,
      at,
      'use a .ts, .mts, .js, .mjs or .cjs file',
    )
  const namespace = await importNamespace(file, at)
  const exported = unwrap(namespace)
  const found =
    functionName === undefined ? anyFunction(exported, defaultName) : member(exported, functionName)
  if (typeof found === 'function') return found as UserFunction
  throw missingFunction(file, functionName, namespace, at)
}

/** A function that a file exports by name besides its default export, undefined for none. @throws as `loadUserFunction` does */
export async function loadUserExport<T extends UserFunction | ((...args: never[]) => unknown)>(
  ref: string,
  name: string,
  place: CodePlace,
  at?: SourceLocation,
): Promise<T | undefined> {
  const { path } = parseCodeReference(ref)
  const file = resolveInside(place.root, place.dir, path, at, place.allowOutside ?? false)
  const found = (await importNamespace(file, at))[name]
  return typeof found === 'function' ? (found as T) : undefined
}

async function importNamespace(path: string, at?: SourceLocation): Promise<Record<string, unknown>> {
  acceptModuleSyntax()
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>
  } catch (error) {
    throw explainImportFailure(error, path, at)
  }
}

function unwrap(namespace: Record<string, unknown>): unknown {
  const exported = namespace['default']
  return member(exported, 'default') || exported || namespace
}

function anyFunction(exported: unknown, defaultName: string): unknown {
  return typeof exported === 'function'
    ? exported
    : (member(exported, 'default') ?? member(exported, defaultName))
}

function member(value: unknown, key: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  return (value as Record<string, unknown>)[key]
}

function missingFunction(
  file: string,
  name: string | undefined,
  namespace: Record<string, unknown>,
  at: SourceLocation | undefined,
): Error {
  if (name === undefined) return fail('suite', `${file} has no default export that is a function`, at)
  // promptfoo looks a name up on the default export where there is one: running another function would differ silently.
  if (typeof namespace[name] === 'function')
    return fail(
      'suite',
      `${file} has a default export besides \`${name}\`: promptfoo would not find \`${name}\``,
      at,
      `move \`${name}\` to a file without a default export`,
    )
  const names = Object.keys(namespace)
  return fail(
    'suite',
    `${file} exports no function \`${name}\``,
    at,
    names.length === 0
      ? 'the file exports nothing'
      : `it exports ${names.map((key) => `\`${key}\``).join(', ')}`,
  )
}
