import { ConfigError } from '../../../harness/model/errors.ts'
import type { Fields } from '../../shared/fields.ts'
import { isFields } from '../../shared/fields.ts'

/** A tool the model may ask for. */
export interface Tool {
  readonly name: string
  readonly description?: string | undefined
  /** JSON Schema. */
  readonly input: unknown
  readonly strict?: boolean | undefined
}

/** `none`: the tools are not even told of. */
export type ToolChoice = 'auto' | 'any' | 'none' | { readonly tool: string }

const NO_INPUT = { type: 'object', properties: {} }

/** Tools in the words of OpenAI, Anthropic or Bedrock. @throws ConfigError for one that is none of these */
export function toolsOf(written: unknown, path: readonly string[]): Tool[] {
  if (!Array.isArray(written))
    throw new ConfigError(`bedrock: config.${path.join('.')}: expected a list of tools`, path, false)
  return written.map((tool: unknown, index) => {
    const read = isFields(tool) ? toolOf(tool) : undefined
    if (read !== undefined) return read
    throw new ConfigError(
      `bedrock: config.${[...path, index].join('.')}: not a tool`,
      [...path, index],
      false,
      'write {name, description, input_schema}, {type: function, function: {…}} or {toolSpec: {…}}',
    )
  })
}

function toolOf(tool: Fields): Tool | undefined {
  const { toolSpec, function: wrapped } = tool
  const made = isFields(toolSpec) ? toolSpec : isFields(wrapped) ? wrapped : tool
  const { name, description, inputSchema, input_schema: anthropic, parameters, strict } = made
  if (typeof name !== 'string' || name === '') return undefined
  const bedrock = isFields(inputSchema) && isFields(inputSchema['json']) ? inputSchema['json'] : inputSchema
  return {
    name,
    ...(typeof description === 'string' && description !== '' && { description }),
    input: bedrock ?? anthropic ?? parameters ?? NO_INPUT,
    ...(strict === true && { strict }),
  }
}

/** A word or an object, in the words of OpenAI, Anthropic or Bedrock. @throws ConfigError */
export function toolChoiceOf(written: unknown, path: readonly string[]): ToolChoice {
  if (written === 'auto' || written === 'none' || written === 'any') return written
  if (written === 'required') return 'any'
  if (isFields(written)) {
    const { type, name, function: wrapped, tool } = written
    const named = isFields(tool) ? tool['name'] : isFields(wrapped) ? wrapped['name'] : name
    if (typeof named === 'string' && named !== '') return { tool: named }
    for (const word of ['auto', 'any', 'none'] as const)
      if (type === word || isFields(written[word])) return word
    if (type === 'required') return 'any'
  }
  throw new ConfigError(
    `bedrock: config.${path.join('.')}: no such choice of tools`,
    path,
    false,
    'write auto, any, none, or {tool: {name}}',
  )
}
