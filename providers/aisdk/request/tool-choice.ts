import { ConfigError } from '../../../harness/model/errors.ts'
import type { Vendor } from '../vendor.ts'
import type { Body } from './body.ts'
import { isPlain } from './body.ts'

/** Whether a model is to call a tool, or which one. */
interface Choice {
  readonly kind: 'auto' | 'none' | 'required' | 'tool'
  readonly tool?: string | undefined
}

const WORDS: Readonly<Record<string, Choice['kind']>> = {
  auto: 'auto',
  none: 'none',
  required: 'required',
  any: 'required',
}

/**
 * What the body says of it, for a choice in the words of any vendor; one that is in this vendor's own words goes out as it is.
 * @throws ConfigError for one that is in nobody's words
 */
export function toolChoiceBody(written: unknown, vendor: Vendor): Body {
  if (written === undefined) return {}
  if (isNative(written, vendor)) return { tool_choice: written }
  const choice = choiceOf(written)
  if (choice === undefined) {
    throw new ConfigError(
      `${vendor}: config.toolChoice: expected \`auto\`, \`none\`, \`required\` or \`{type: tool, name: …}\``,
      ['toolChoice'],
      false,
    )
  }
  if (vendor === 'google') return { toolConfig: { functionCallingConfig: geminiMode(choice) } }
  return { tool_choice: vendor === 'anthropic' ? anthropicChoice(choice) : openaiChoice(choice) }
}

function isNative(written: unknown, vendor: Vendor): boolean {
  if (!isPlain(written)) return false
  const { type } = written
  if (vendor === 'anthropic')
    return ['auto', 'any', 'none'].includes(String(type)) || (type === 'tool' && 'name' in written)
  return (
    vendor !== 'google' && (type === 'allowed_tools' || (type === 'function' && isPlain(written['function'])))
  )
}

function choiceOf(written: unknown): Choice | undefined {
  if (typeof written === 'string') {
    const kind = WORDS[written.toLowerCase()]
    return kind && { kind }
  }
  if (!isPlain(written)) return undefined
  const { type, function: openai, tool: bedrock, toolName, name } = written
  const named = [isPlain(openai) && openai['name'], isPlain(bedrock) && bedrock['name'], toolName, name]
  const tool = named.find((each) => typeof each === 'string')
  if (typeof tool === 'string') return { kind: 'tool', tool }
  return typeof type === 'string' ? choiceOf(type) : undefined
}

function openaiChoice({ kind, tool }: Choice): unknown {
  return kind === 'tool' ? { type: 'function', function: { name: tool } } : kind
}

function anthropicChoice({ kind, tool }: Choice): Body {
  if (kind === 'tool') return { type: 'tool', name: tool }
  return { type: kind === 'required' ? 'any' : kind }
}

function geminiMode({ kind, tool }: Choice): Body {
  if (kind === 'tool') return { mode: 'ANY', allowedFunctionNames: [tool] }
  return { mode: kind === 'required' ? 'ANY' : kind.toUpperCase() }
}
