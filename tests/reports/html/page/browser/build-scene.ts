import { build } from 'vite'
import { policyOf } from '../../../../../reports/html/policy.ts'

/** A page around a script of a test, as the report's page is: one file, under the page's own policy. Given its body, its text. */
export type Scene = (body: string) => string

/** @param entry what the page's script is built of, with the styles that it imports */
export async function buildScene(root: string, entry: string): Promise<Scene> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      cssCodeSplit: false,
      lib: { entry, formats: ['iife'], name: 'scene', fileName: () => 'scene.js', cssFileName: 'style' },
    },
  })
  const files = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const script = files.find((file) => file.type === 'chunk')?.code ?? ''
  const style = String(files.find((file) => file.type === 'asset')?.source ?? '')
  const policy = policyOf({ scripts: [script], styles: [style], beside: false })
  return (body) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>scene</title><style>${style}</style></head>
<body>${body}<script>${script}</script></body></html>`
}
