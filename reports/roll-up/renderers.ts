import { renderers, type RendererName } from '../renderers.ts'
import { oneAfterAnother } from './one-after-another.ts'
import type { RollUpRenderer } from './roll-up.ts'

/** How each format of `--reporter` holds several suites, loaded when it is asked for. */
export const rollUpRenderers: Record<Exclude<RendererName, 'github'>, () => Promise<RollUpRenderer>> = {
  default: async () => (await import('./default.ts')).renderer,
  json: async () => (await import('./json.ts')).renderer,
  jsonl: async () => oneAfterAnother(await renderers.jsonl()),
  junit: async () => (await import('./junit.ts')).renderer,
  markdown: async () => (await import('./markdown.ts')).renderer,
  html: async () => (await import('./html.ts')).renderer,
}
