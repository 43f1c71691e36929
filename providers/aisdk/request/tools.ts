import { ConfigError } from '../../../harness/model/errors.ts'
import type { FunctionTool } from '../language-model.ts'
import type { Vendor } from '../vendor.ts'
import type { Body } from './body.ts'
import { isPlain } from './body.ts'
import { jsonSchemaOf } from './gemini-schema.ts'

/** Tools that a model is offered. */
export interface Tools {
  /** Those that the AI SDK puts into the vendor's words. */
  readonly functions: readonly FunctionTool[]
  /** Those that are written in the vendor's words already: they go out as they are. */
  readonly native: readonly unknown[]
}

type Fields = Readonly<Record<string, unknown>>

/** Keys of a Gemini declaration of which the AI SDK has a counterpart. */
const DECLARATION: ReadonlySet<string> = new Set([
  'name',
  'description',
  'parameters',
  'parametersJsonSchema',
  'parameters_json_schema',
])

/**
 * Tools in the words of OpenAI, Anthropic, Gemini, Bedrock, or just `{name, description, inputSchema}`.
 * @throws ConfigError for one that is in nobody's words
 */
export function readTools(written: unknown, vendor: Vendor): Tools {
  if (written === undefined) return { functions: [], native: [] }
  const functions: FunctionTool[] = []
  const native: unknown[] = []
  for (const [index, tool] of (Array.isArray(written) ? (written as unknown[]) : [written]).entries()) {
    const translated = isPlain(tool) && !isNative(tool, vendor) ? functionsOf(tool) : undefined
    if (translated !== undefined) functions.push(...translated)
    else if (isPlain(tool) && mayBeNative(tool, vendor)) native.push(tool)
    else throw unreadable(vendor, index)
  }
  return { functions, native }
}

/** OpenAI's and Anthropic's own functions, which need no translation. Gemini's do: its dialect of JSON Schema is a narrow one. */
function isNative(tool: Fields, vendor: Vendor): boolean {
  if (vendor === 'anthropic') return isPlain(tool['input_schema'])
  return vendor !== 'google' && tool['type'] === 'function' && isPlain(tool['function'])
}

/** Tools that are no functions: web search, code execution… */
function mayBeNative(tool: Fields, vendor: Vendor): boolean {
  if (isNative(tool, vendor)) return true
  return vendor === 'google' ? !('type' in tool) && !('name' in tool) : typeof tool['type'] === 'string'
}

function functionsOf(tool: Fields): FunctionTool[] | undefined {
  const declarations = tool['functionDeclarations'] ?? tool['function_declarations']
  if (Array.isArray(declarations)) {
    const list = declarations as unknown[]
    const isWhole = Object.keys(tool).length === 1 && list.every(isTranslatable)
    return isWhole ? list.map((each) => functionTool(each as Fields)) : undefined
  }
  const { type, function: openai, toolSpec: bedrock } = tool
  if (type === 'function' && isPlain(openai) && typeof openai['name'] === 'string')
    return [functionTool(openai)]
  if (isPlain(bedrock) && typeof bedrock['name'] === 'string') return [functionTool(bedrock)]
  const isPlainFunction = type === undefined || type === 'function' || type === 'custom'
  return isPlainFunction && typeof tool['name'] === 'string' ? [functionTool(tool)] : undefined
}

function isTranslatable(declaration: unknown): boolean {
  return isPlain(declaration) && Object.keys(declaration).every((key) => DECLARATION.has(key))
}

function functionTool(fields: Fields): FunctionTool {
  const { name, description, strict } = fields
  return {
    type: 'function',
    name: String(name),
    ...(typeof description === 'string' && { description }),
    ...(typeof strict === 'boolean' && { strict }),
    inputSchema: schemaIn(fields),
  }
}

function schemaIn(fields: Fields): Body {
  const { inputSchema, input_schema, parametersJsonSchema, parameters_json_schema, parameters } = fields
  const schema = inputSchema ?? input_schema ?? parametersJsonSchema ?? parameters_json_schema
  if (isPlain(schema)) return isPlain(schema['json']) ? schema['json'] : schema
  return isPlain(parameters) ? jsonSchemaOf(parameters) : { type: 'object', properties: {} }
}

function unreadable(vendor: Vendor, index: number): ConfigError {
  return new ConfigError(
    `${vendor}: config.tools[${index}] is no tool in the words of ${vendor}, of OpenAI, Anthropic, Gemini or Bedrock`,
    ['tools', index],
    false,
    'write `{name, description, inputSchema}`, or what the vendor documents',
  )
}
