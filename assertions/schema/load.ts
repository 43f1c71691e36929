import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import type { z } from 'zod'
import { isRecord } from '../../harness/model/failures/thrown.ts'
import { Recent } from '../shared/recent.ts'
import { jsonSchemaValidator } from './ajv.ts'
import type { Validator } from './problem.ts'
import { zodValidator } from './zod.ts'

const DATA = ['.json', '.yaml', '.yml']
const CODE = ['.ts', '.mts', '.js', '.mjs']
const validators = new Recent<Validator | Promise<Validator>>(32)

/**
 * The validator of a `config.schema`: a JSON Schema, or a path from the suite's folder to one or to a module whose default export is a zod schema.
 * Compiled once for what it says.
 * @throws Error where it is none
 */
export function validatorOf(schema: unknown, dir: string): Validator | Promise<Validator> {
  if (typeof schema !== 'string') return validators.get(JSON.stringify(schema), () => ofJsonSchema(schema))
  const path = resolve(dir, schema.replace(/^file:\/\//, ''))
  if (CODE.includes(extname(path))) return validators.get(path, () => ofModule(path))
  if (!DATA.includes(extname(path)))
    throw new Error(`a schema is in a file that ends in ${[...DATA, ...CODE].join(', ')}: ${schema}`)
  if (!existsSync(path)) throw new Error(`there is no file ${path}`)
  const { mtimeMs } = statSync(path)
  return validators.get(`${path}\0${mtimeMs}`, () => ofJsonSchema(parse(readFileSync(path, 'utf8'))))
}

function ofJsonSchema(schema: unknown): Validator {
  if (!isRecord(schema) || Array.isArray(schema)) throw new Error('a JSON Schema is an object')
  return jsonSchemaValidator(schema)
}

async function ofModule(path: string): Promise<Validator> {
  const exported = ((await import(pathToFileURL(path).href)) as { default?: unknown }).default
  // A module that a loader has turned to CommonJS and back has its default within its default.
  const schema =
    isRecord(exported) && 'default' in exported && !isZod(exported) ? exported['default'] : exported
  if (!isZod(schema)) throw new Error(`the default export of ${path} is no zod schema`)
  return zodValidator(schema)
}

function isZod(value: unknown): value is z.ZodType {
  return isRecord(value) && '_zod' in value && typeof value['safeParseAsync'] === 'function'
}
