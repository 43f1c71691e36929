import { ConfigError } from '../../../harness/model/errors.ts'
import type { Vendor } from '../vendor.ts'

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/)
}

const PRICES = words(
  'cost inputCost outputCost audioCost audioInputCost audioOutputCost cacheReadCost cacheWriteCost',
)

const OPENAI = words('mcp functionToolCallbacks tool_resources audio modalities maxRetries')

/** What promptfoo's own adapters take, and nothing here can honour. */
const REFUSED: Readonly<Record<Vendor, readonly string[]>> = {
  openai: OPENAI,
  'openai-compatible': OPENAI,
  google:
    words(`mcp functionToolCallbacks vertexai projectId region credentials googleAuthOptions keyFilename scopes
    strictMutualExclusivity useAssistantRole anthropicVersion anthropic_version streaming`),
  anthropic: words('mcp max_tool_calls apiKeyRequired'),
  ollama:
    words(`num_ctx num_keep num_batch num_gpu main_gpu use_mmap num_thread draft_num_predict top_k min_p typical_p
    repeat_last_n repeat_penalty tfs_z num_gqa f16_kv logits_all vocab_only low_vram use_mlock embedding_only
    rope_frequency_base rope_frequency_scale penalize_newline mirostat mirostat_tau mirostat_eta keep_alive truncate
    dimensions suffix template raw`),
}

/** promptfoo's ids for the same protocols. */
const PROMPTFOO_IDS: Readonly<Record<Vendor, string>> = {
  openai: 'promptfoo:openai:chat:',
  'openai-compatible': 'promptfoo:openai:chat:',
  google: 'promptfoo:google:',
  anthropic: 'promptfoo:anthropic:messages:',
  ollama: 'promptfoo:ollama:chat:',
}

/** @throws ConfigError for a key that only promptfoo's own adapter honours: it must not be passed over in silence */
export function refusePromptfoos(config: object, vendor: Vendor, model: string): void {
  for (const key of Object.keys(config)) {
    if (PRICES.includes(key)) {
      throw new ConfigError(
        `${vendor}: \`${key}\` sets no price here`,
        [key],
        true,
        'write prices into the file that `assay.prices` names',
      )
    }
    if (!REFUSED[vendor].includes(key)) continue
    throw new ConfigError(
      `${vendor}: \`${key}\` is honoured by promptfoo's own adapter alone`,
      [key],
      true,
      `write \`${PROMPTFOO_IDS[vendor]}${model}\` for that one`,
    )
  }
}
