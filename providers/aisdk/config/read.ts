import type { z } from 'zod'
import { external } from '../../shared/external.ts'
import type { Home } from '../../shared/external.ts'
import { readConfig } from '../../shared/config.ts'
import type { Vendor } from '../vendor.ts'
import { ANTHROPIC } from './anthropic.ts'
import { GOOGLE } from './google.ts'
import { OLLAMA, OPENAI, OPENAI_COMPATIBLE } from './openai.ts'
import { refusePromptfoos } from './refused.ts'
import type { Config } from './spellings.ts'
import { refuseContradictions } from './spellings.ts'

const SCHEMAS: Readonly<Record<Vendor, z.ZodObject>> = {
  openai: OPENAI,
  'openai-compatible': OPENAI_COMPATIBLE,
  ollama: OLLAMA,
  google: GOOGLE,
  anthropic: ANTHROPIC,
}

/** Keys whose value may stand in a file of its own. */
const EXTERNAL = ['tools', 'functions', 'outputSchema', 'response_format', 'responseSchema', 'output_format']

export type OpenAIConfig = z.infer<typeof OPENAI>
export type OllamaConfig = z.infer<typeof OLLAMA>
export type GoogleConfig = z.infer<typeof GOOGLE>
export type AnthropicConfig = z.infer<typeof ANTHROPIC>

/**
 * A provider's `config`, checked, with the files it names in their places.
 * @throws ConfigError for the first mistake
 */
export function readVendorConfig(config: Config, vendor: Vendor, model: string, home: Home): Config {
  refusePromptfoos(config, vendor, model)
  const read: Config = readConfig(SCHEMAS[vendor], config, vendor)
  refuseContradictions(read, vendor)
  const loaded = EXTERNAL.filter((key) => read[key] !== undefined).map((key) => [
    key,
    external(read[key], [key], home),
  ])
  return { ...read, ...Object.fromEntries(loaded) }
}

export function isKeyOf(vendor: Vendor, key: string): boolean {
  return Object.hasOwn(SCHEMAS[vendor].shape, key)
}

export function isKeyOfAny(key: string): boolean {
  return Object.values(SCHEMAS).some(({ shape }) => Object.hasOwn(shape, key))
}
