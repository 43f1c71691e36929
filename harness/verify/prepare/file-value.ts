import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { messageOf } from '../../model/errors.ts'
import type { SourceLocation } from '../../model/source.ts'
import type { Suite } from '../../model/suite.ts'
import { fail } from '../../suite/config/fail.ts'
import { resolveInside } from '../../suite/config/paths.ts'
import type { CodeReference, UserFunction } from '../../suite/user-code.ts'
import {
  importUserFile,
  isCodeFile,
  loadUserExport,
  loadUserFunction,
  parseCodeReference,
} from '../../suite/user-code.ts'
import type { Configure } from '../../model/custom-check.ts'

/** What a `file://` (or `package:`) in an assertion stands for. */
export type FileValue =
  /** JavaScript or TypeScript: called with `(output, context)` on every reply. */
  | { readonly kind: 'script'; readonly call: UserFunction; readonly configure?: Configure | undefined }
  /** Python or Ruby: promptfoo runs it, from this absolute reference. */
  | { readonly kind: 'foreign'; readonly ref: string }
  /** JSON, YAML or text, read once. */
  | { readonly kind: 'data'; readonly value: unknown }

/** Files that assertions refer to. Each is read or imported once. */
export interface FileValues {
  /** @throws HarnessError `suite` at `at` when it is missing, cannot be used, or throws on import */
  load(ref: string, at: SourceLocation): Promise<FileValue>
  /** The text of a file, for a `rubricPrompt`. @throws as `load` does */
  text(ref: string, at: SourceLocation): string
}

/** True for what is loaded rather than taken as it is. */
export function isReference(value: unknown): value is string {
  return typeof value === 'string' && (value.startsWith('file://') || value.startsWith('package:'))
}

export function createFileValues(suite: Suite): FileValues {
  const values = new Map<string, FileValue>()
  const texts = new Map<string, string>()
  const locate = (path: string, at: SourceLocation): string =>
    resolveInside(suite.root, suite.dir, path, at, suite.allowOutside ?? false)
  const read = (path: string, at: SourceLocation): string => {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      throw fail('suite', `cannot read ${path}: ${messageOf(error)}`, at, undefined, error)
    }
  }

  async function open(ref: string, at: SourceLocation): Promise<FileValue> {
    if (ref.startsWith('package:')) return { kind: 'script', call: await loadPackageFunction(ref, suite, at) }
    const { path, functionName } = parseScriptReference(ref)
    if (isCodeFile(path)) {
      const call = await loadUserFunction(ref, suite, at)
      // Of the file's own check; another function of it has a config of its own.
      if (functionName !== undefined) return { kind: 'script', call }
      return { kind: 'script', call, configure: await loadUserExport<Configure>(ref, 'configure', suite, at) }
    }
    const file = locate(path, at)
    if (path.endsWith('.py') || path.endsWith('.rb')) {
      return { kind: 'foreign', ref: `file://${file}${functionName === undefined ? '' : `:${functionName}`}` }
    }
    return { kind: 'data', value: parseData(file, read(file, at), at) }
  }

  return {
    async load(ref, at) {
      let value = values.get(ref)
      if (value === undefined) {
        value = await open(ref, at)
        values.set(ref, value)
      }
      return value
    },
    text(ref, at) {
      const text = texts.get(ref) ?? read(locate(parseCodeReference(ref).path, at), at)
      texts.set(ref, text)
      return text
    },
  }
}

/** `file://x.rb:fn`, which is no JavaScript, besides the forms every code reference has. */
function parseScriptReference(ref: string): CodeReference {
  const [, path, functionName] = /^(?:file:\/\/)?(.+\.rb):(\w+)$/.exec(ref) ?? []
  return path === undefined ? parseCodeReference(ref) : { path, functionName }
}

/** `package:name:export.path`, found from the suite's folder. */
async function loadPackageFunction(ref: string, suite: Suite, at: SourceLocation): Promise<UserFunction> {
  const [, name = '', path = ''] = ref.split(':')
  let file: string
  try {
    file = createRequire(join(suite.dir, 'package.json')).resolve(name)
  } catch (error) {
    throw fail('suite', `package not found: ${name}`, at, `install it: npm install ${name}`, error)
  }
  let found: unknown = await importUserFile(file, at)
  for (const key of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[key]
  if (typeof found === 'function') return found as UserFunction
  throw fail('suite', `${ref} is no function`, at, 'write package:name:exportedFunction')
}

function parseData(file: string, text: string, at: SourceLocation): unknown {
  const extension = extname(file)
  if (extension === '.txt') return text.trim()
  if (!['.json', '.yaml', '.yml'].includes(extension)) {
    throw fail(
      'suite',
      `an assertion cannot use ${file}`,
      at,
      'use a .txt, .json, .yaml, .ts, .js, .py or .rb file',
    )
  }
  try {
    return parseYaml(text, { merge: true })
  } catch (error) {
    throw fail('suite', `cannot parse ${file}: ${messageOf(error)}`, at, undefined, error)
  }
}
