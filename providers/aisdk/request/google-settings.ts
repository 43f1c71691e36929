import { ConfigError } from '../../../harness/model/errors.ts'
import type { GoogleConfig } from '../config/read.ts'
import type { Body } from './body.ts'
import { isPlain } from './body.ts'
import { passed } from './openai-settings.ts'
import type { Settings } from './settings.ts'
import { commonSettings, defined, providerOptionsOf } from './settings.ts'

/** Of `google:…`, as promptfoo asks: nothing that nobody wrote. */
export function googleSettings(config: GoogleConfig): Settings {
  const settings = commonSettings(config, 'google')
  const { safetySettings, thinking, service_tier: tier, toolConfig, tool_config: snakeToolConfig } = config
  const generationConfig: Body = {
    ...config.generationConfig,
    ...(thinking !== undefined && { thinkingConfig: thinking }),
    ...responseSchema(config),
  }
  return {
    ...settings,
    system: settings.system ?? systemIn(config.systemInstruction),
    options: {
      ...settings.options,
      ...defined({ providerOptions: providerOptionsOf(config, 'google') }),
    },
    body: {
      ...settings.body,
      ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
      ...(safetySettings !== undefined && {
        safetySettings: safetySettings.map(({ category, threshold, probability }) => ({
          category,
          threshold: threshold ?? probability ?? '',
        })),
      }),
      ...(tier !== undefined && { serviceTier: tier }),
      ...toolConfigOf(settings.body, toolConfig ?? snakeToolConfig),
      ...passed(config.passthrough, 'google', ['contents', 'system_instruction', 'systemInstruction']),
    },
  }
}

/** @throws ConfigError where two places say what the reply is to look like */
function responseSchema({ responseSchema: schema, generationConfig = {} }: GoogleConfig): Body {
  if (schema === undefined) return {}
  if ('response_schema' in generationConfig || 'responseSchema' in generationConfig) {
    throw new ConfigError(
      'google: `responseSchema` and `generationConfig.responseSchema` say the same thing',
      ['responseSchema'],
      true,
    )
  }
  return { responseSchema: schema, responseMimeType: 'application/json' }
}

/** A tool choice and a tool config add up. */
function toolConfigOf(body: Body, written: Body | undefined): Body {
  if (written === undefined) return {}
  const chosen = body['toolConfig']
  return { toolConfig: isPlain(chosen) ? { ...chosen, ...written } : written }
}

/** A text, or Gemini's `{parts: [{text}]}`. @throws ConfigError for parts that are no text */
function systemIn(written: GoogleConfig['systemInstruction']): string | undefined {
  if (written === undefined || typeof written === 'string') return written
  const parts: unknown[] = Array.isArray(written['parts']) ? written['parts'] : [written]
  const texts = parts.map((part) => (isPlain(part) ? part['text'] : part))
  if (texts.every((text) => typeof text === 'string')) return texts.join('\n')
  throw new ConfigError('google: config.systemInstruction: expected text', ['systemInstruction'], false)
}
