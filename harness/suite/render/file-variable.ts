import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { HarnessError, messageOf } from '../../model/errors.ts'
import type { SourceLocation } from '../../model/source.ts'
import type { Suite } from '../../model/suite.ts'
import { parseYamlFile } from '../config/parse-yaml.ts'
import { resolveInside } from '../config/paths.ts'
import { importUserFile, isCodeFile } from '../user-code.ts'
import { encodeMedia, isMedia } from './media.ts'

interface FileVariable {
  readonly name: string
  /** `file://…` */
  readonly ref: string
  /** The prompt, before rendering. */
  readonly prompt: string
  readonly vars: Record<string, unknown>
  readonly provider: unknown
  readonly at: SourceLocation
}

const CACHED_FILES = 500
const LONGEST_CACHED = 1_000_000
const contents = new WeakMap<object, Map<string, string>>()

/**
 * What a `file://` var stands for: code is asked, YAML becomes JSON, media become base64, other files their trimmed text.
 * @throws HarnessError `suite` when the file is missing, outside the project, or of a kind that is not read
 */
export async function loadFileVariable(variable: FileVariable, suite: Suite): Promise<unknown> {
  const path = resolve(suite.dir, variable.ref.slice('file://'.length))
  if (isCodeFile(path)) return askCode(path, variable, suite)
  let files = contents.get(suite)
  if (files === undefined) contents.set(suite, (files = new Map()))
  const known = files.get(path)
  if (known !== undefined) return known
  const content = await readContent(resolveVariableFile(path, variable, suite), variable)
  if (content.length <= LONGEST_CACHED && files.size < CACHED_FILES) files.set(path, content)
  return content
}

async function askCode(path: string, variable: FileVariable, suite: Suite): Promise<unknown> {
  const { name, prompt, vars, provider, at } = variable
  const compute = await importUserFile(resolveVariableFile(path, variable, suite), at)
  if (typeof compute !== 'function')
    throw new HarnessError(
      'suite',
      `${path}, the value of var \`${name}\`, has no default export that is a function`,
      { at },
    )
  const result = (await compute(name, prompt, vars, provider)) as
    | { output?: unknown; error?: unknown }
    | undefined
  if (result?.error) throw new Error(`Error running ${path}: ${messageOf(result.error)}`)
  if (!result?.output)
    throw new Error(`Expected ${path} to return { output: string } but got ${JSON.stringify(result)}`)
  return result.output
}

async function readContent(path: string, { name, at }: FileVariable): Promise<string> {
  const refuse = (why: string): HarnessError => new HarnessError('suite', `var \`${name}\`: ${why}`, { at })
  if (/\.pdf$/i.test(path)) throw refuse(`${path} is a PDF, which is not read: convert it to text`)
  if (path.endsWith('.py')) throw refuse(`${path} is Python, which is not run: use a TypeScript file`)
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    throw refuse(`cannot read ${path}: ${messageOf(error)}`)
  }
  if (isMedia(path)) return encodeMedia(path, bytes)
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  return /\.ya?ml$/.test(path) ? JSON.stringify(parseYamlFile(path, text)) : text.trim()
}

function resolveVariableFile(path: string, { at }: FileVariable, suite: Suite): string {
  return resolveInside(suite.root, suite.dir, path, at, suite.allowOutside ?? false)
}
