/**
 * `npm run build:page`: makes the report's page with Vite: a script for the browser and one that unpacks it, one for its search
 * worker, the style sheet, and a module for Node that renders the parts without a script. Skips what is built already; `--force` builds anyway.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { InlineConfig } from 'vite'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '..')
const PAGE = join(ROOT, 'reports/html/page')
const OUT = join(ROOT, 'reports/html/built')
const STAMP = join(OUT, 'sources.sha256')
/** Where it is built: a build that fails leaves the one before it in place. */
const STAGED = join(OUT, `.staged-${process.pid}`)

const FILES = ['loader.js', 'client.js', 'worker.js', 'style.css', 'server.js']

const stamp = hashOfSources()
if (process.argv.includes('--force') || !isBuilt(stamp)) {
  mkdirSync(STAGED, { recursive: true })
  try {
    await build(browser('client.tsx', 'client.js'))
    await build(browser('worker.ts', 'worker.js'))
    await build(browser('loader.ts', 'loader.js'))
    await build(server())
    for (const script of ['loader.js', 'worker.js']) asInlineScript(join(STAGED, script))
    for (const name of FILES) renameSync(join(STAGED, name), join(OUT, name))
  } finally {
    rmSync(STAGED, { recursive: true, force: true })
  }
  writeFileSync(STAMP, stamp)
  const sizes = FILES.slice(0, 4).map((name) => readFileSync(join(OUT, name)).length)
  const packed = 4 * Math.ceil(gzipSync(readFileSync(join(OUT, 'client.js')), { level: 9 }).length / 3)
  const [loader = 0, client = 0, ...others] = sizes
  const total = [loader, packed, ...others].reduce((sum, size) => sum + size, 0)
  console.log(
    `page built: script and style ${kilobytes(total)} in a page (its script ${kilobytes(client)}, packed ${kilobytes(packed)})`,
  )
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

function isBuilt(now: string): boolean {
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== now) return false
  return FILES.every((name) => existsSync(join(OUT, name)))
}

/** Everything that goes into the bundles: the page, the wording it shares with other formats, the nouns, and the tools. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  const files = globSync(
    ['reports/**/*.{ts,tsx,css}', 'harness/model/**/*.ts', 'package-lock.json', 'scripts/build-page.ts'],
    {
      cwd: ROOT,
      exclude: ['reports/html/built/**'],
    },
  )
  for (const file of files.toSorted()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

/**
 * A script as it may stand in a page: nothing in it ends its element, and characters that no reader of the file would see, as
 * those that it is to find in texts, are written as escapes. They stand in strings and patterns alone.
 */
function asInlineScript(file: string): void {
  const source = readFileSync(file, 'utf8')
    .replaceAll(/<(?=\/script|script|!--)/gi, '\\x3c')
    .replaceAll(/[^\n\t\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  writeFileSync(file, source)
}

function shared(): InlineConfig {
  return {
    configFile: false,
    root: PAGE,
    logLevel: 'warn',
    mode: 'production',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: { 'process.env.NODE_ENV': '"production"' },
  }
}

/** A classic script: a module would not run from a `file:` address under every policy. */
function browser(entry: string, name: string): InlineConfig {
  return {
    ...shared(),
    build: {
      outDir: STAGED,
      emptyOutDir: false,
      target: 'es2022',
      cssCodeSplit: false,
      modulePreload: false,
      lib: {
        entry: join(PAGE, entry),
        formats: ['iife'],
        name: 'assay',
        fileName: () => name,
        cssFileName: 'style',
      },
    },
  }
}

function server(): InlineConfig {
  return {
    ...shared(),
    ssr: { noExternal: true },
    build: {
      outDir: STAGED,
      emptyOutDir: false,
      target: 'node22',
      ssr: join(PAGE, 'server.tsx'),
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'server.js' } },
    },
  }
}
