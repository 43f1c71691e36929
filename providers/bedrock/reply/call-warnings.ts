import type { ModelInfo } from '../../../harness/model/model-catalog.ts'
import { inputTokens } from '../../../harness/model/usage.ts'
import type { Settings } from '../config/settings.ts'
import type { ModelName } from '../model/model-name.ts'
import type { Gathered } from './gathered.ts'

/** What a reply shows not to have gone as it was asked for, and Bedrock says nothing of. */
export function callWarnings(
  { asked }: ModelName,
  info: ModelInfo | undefined,
  isMarked: boolean,
  settings: Settings,
  gathered: Gathered,
): string[] {
  const { usage, latency, serviceTier } = gathered
  const warnings: string[] = []
  if (isMarked && usage && !usage.cacheRead && !usage.cacheWrite) {
    const fewest = info?.cacheMinTokens
    const why =
      fewest !== undefined && inputTokens(usage) < fewest
        ? `a prompt of fewer than ${fewest} tokens is not cached`
        : 'nothing was read from the cache or written to it'
    warnings.push(`cachePoint had no effect: ${asked}: ${why}`)
  }
  if (settings.latency === 'optimized' && latency !== undefined && latency !== 'optimized') {
    warnings.push(`latency fell back: ${asked} was asked for \`optimized\`, and served as \`${latency}\``)
  }
  if (
    settings.serviceTier !== undefined &&
    serviceTier !== undefined &&
    serviceTier !== settings.serviceTier
  ) {
    warnings.push(
      `service tier fell back: ${asked} was asked for \`${settings.serviceTier}\`, and served as \`${serviceTier}\``,
    )
  }
  return warnings
}
