import { hash } from '../random.ts'
import { pickOut } from './pick-out.ts'
import { contentWords } from './text.ts'

/** A tool call as OpenAI's chat completions write it. */
export interface ToolCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

interface Tool {
  readonly name: string
  readonly description: string
  readonly properties: Readonly<Record<string, Property>>
  readonly required: readonly string[]
}

interface Property {
  readonly type?: unknown
  readonly enum?: unknown
  readonly description?: unknown
}

const VERBS = new Set(contentWords('get set find search list lookup look fetch create make run call'))

/** The offered tool that fits the request best, called with what the request says, or undefined when none fits well enough. */
export function callTool(
  offered: readonly unknown[],
  request: string,
  threshold: number,
): ToolCall[] | undefined {
  const words = new Set(contentWords(request))
  const fitting = offered
    .map(readTool)
    .filter((tool) => tool !== undefined)
    .map((tool) => ({ tool, fit: fitOf(tool, words) }))
    .toSorted((left, right) => right.fit - left.fit)[0]
  if (fitting === undefined || fitting.fit < threshold) return undefined
  const { tool } = fitting
  const call = { name: tool.name, arguments: JSON.stringify(fillIn(tool, request)) }
  return [
    {
      id: `call_${hash(request + tool.name)
        .toString(16)
        .padStart(8, '0')}`,
      type: 'function',
      function: call,
    },
  ]
}

/** OpenAI's, Anthropic's and Bedrock's ways to offer a tool. */
function readTool(value: unknown): Tool | undefined {
  const outer = record(value)
  const inner = record(outer['function'] ?? outer['toolSpec'] ?? outer)
  const { name, description } = inner
  if (typeof name !== 'string') return undefined
  const given = inner['parameters'] ?? inner['input_schema'] ?? record(inner['inputSchema'])['json'] ?? {}
  const schema = record(given)
  return {
    name,
    description: typeof description === 'string' ? description : '',
    properties: record(schema['properties']) as Record<string, Property>,
    required: Array.isArray(schema['required']) ? schema['required'].map(String) : [],
  }
}

function fitOf(tool: Tool, words: ReadonlySet<string>): number {
  const subject = contentWords(tool.name.replaceAll(/([a-z])([A-Z])|_/g, '$1 $2')).filter(
    (word) => !VERBS.has(word),
  )
  const described = new Set(contentWords(tool.description).filter((word) => !VERBS.has(word)))
  const named = subject.filter((word) => words.has(word)).length / Math.max(1, subject.length)
  const told = [...described].filter((word) => words.has(word)).length
  return 0.6 * named + 0.4 * Math.min(1, told / 2)
}

function fillIn(tool: Tool, request: string): Record<string, unknown> {
  const filled: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(tool.properties)) {
    const value = valueFor(name, property, request)
    if (value !== undefined) filled[name] = value
    else if (tool.required.includes(name)) filled[name] = request.trim()
  }
  return filled
}

function valueFor(name: string, property: Property, request: string): unknown {
  if (Array.isArray(property.enum)) {
    const said = request.toLowerCase()
    return property.enum.find((choice) => said.includes(String(choice).toLowerCase()))
  }
  const about = `${name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')} ${typeof property.description === 'string' ? property.description : ''}`
  if (property.type === 'number' || property.type === 'integer') {
    const digits = /-?\d+(?:\.\d+)?/.exec(request)?.[0]
    return digits === undefined ? undefined : Number(digits)
  }
  if (property.type === 'boolean') return undefined
  return /"([^"]+)"/.exec(request)?.[1] ?? pickOut(request, about)
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
