import type { Renderer } from '../harness/model/report.ts'

/** The formats of `--reporter`, each loaded when it is asked for. */
export const renderers = {
  default: async (): Promise<Renderer> => (await import('./default.ts')).renderer,
  json: async (): Promise<Renderer> => (await import('./json.ts')).renderer,
  jsonl: async (): Promise<Renderer> => (await import('./jsonl.ts')).renderer,
  junit: async (): Promise<Renderer> => (await import('./junit.ts')).renderer,
  github: async (): Promise<Renderer> => (await import('./github.ts')).renderer,
  markdown: async (): Promise<Renderer> => (await import('./markdown.ts')).renderer,
  html: async (): Promise<Renderer> => (await import('./html/page.ts')).renderer,
}

export type RendererName = keyof typeof renderers
