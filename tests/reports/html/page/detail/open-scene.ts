import type { Page } from 'playwright-core'
import { beforeAll } from 'vitest'
import { buildScene, type Scene } from '../browser/build-scene.ts'
import { type OpenOptions, useChromium } from '../browser/chromium.ts'
import type { FakeParts } from './fake-report.ts'

/** A real browser with the detail in it, opened from a file under the page's own policy. */
export function useScenes(): (parts: FakeParts, options?: OpenOptions) => Promise<Page> {
  const chromium = useChromium()
  let scene: Scene
  beforeAll(async () => {
    scene = await buildScene(import.meta.dirname, 'scene.tsx')
  })
  return async (parts, options = {}) => {
    const address = await chromium.put(scene(bodyOf(parts)))
    return chromium.open(address, { getsReady: false, ...options })
  }
}

function bodyOf(parts: FakeParts): string {
  const json = JSON.stringify(parts).replaceAll('<', '\\u003c')
  return `<main id="scene"></main><p><code id="static" data-copy>assay accept runs/x</code></p>
<script type="application/json" id="parts">${json}</script>`
}
