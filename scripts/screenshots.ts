/**
 * `npm run screenshots`: runs the sentiment suite on its simulated models, with a baseline, a worse prompt and a history, and takes
 * pictures of each section of the page, wide and narrow, light and dark, into `docs/images/`. `--report FILE` takes them of a page
 * that is there already.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { CHROMIUM_ARGS, chromiumPath } from './chromium-path.ts'
import { palettePng } from './screenshots/palette-png.ts'
import { makeRuns } from './screenshots/runs.ts'
import { takeShots } from './screenshots/shots.ts'

const ROOT = resolve(import.meta.dirname, '..')
const SUITE = join(ROOT, 'suites/sentiment/suite.yaml')
const IMAGES = join(ROOT, 'docs/images')

const { values } = parseArgs({ options: { report: { type: 'string' } } })
// Whoever takes the pictures is not named in them.
Object.assign(process.env, signedBy('Ann Example'))

if (values.report !== undefined) await takeAll(resolve(values.report))
else {
  const { project, dir } = await makeRuns(SUITE, (done, of) => console.log(`run ${done} of ${of}`))
  try {
    await takeAll(join(dir, 'report.html'))
  } finally {
    await project.remove()
  }
}

async function takeAll(report: string): Promise<void> {
  await mkdir(IMAGES, { recursive: true })
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: CHROMIUM_ARGS })
  let total = 0
  try {
    for await (const { name, png } of takeShots(browser, pathToFileURL(report).href)) {
      const small = palettePng(png)
      total += small.length
      await writeFile(join(IMAGES, `${name}.png`), small)
      console.log(`docs/images/${name}.png  ${kilobytes(small.length)}`)
    }
  } finally {
    await browser.close()
  }
  console.log(`${kilobytes(total)} in all`)
}

function signedBy(name: string): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: name,
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: '',
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`
}
