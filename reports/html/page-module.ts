import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { HarnessError } from '../../harness/model/errors.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { CellFigures } from './data/cell-figures.ts'

/** What the sections that need no script are made of. */
export interface ReportView {
  readonly input: Omit<ReportInput, 'terminal'>
  readonly figures: CellFigures
}

/** What the server bundle exports. */
export interface PageModule {
  /** Everything of the body that reads without a script, in order; the cells' place is in it. */
  renderBody(view: ReportView): string
}

/** The page's parts as Vite built them. */
export interface BuiltPage {
  readonly module: PageModule
  /** For the page itself: a classic script, what it is packed to, and the one that unpacks it. */
  readonly client: string
  readonly packed: Buffer
  readonly loader: string
  /** For its search worker: a classic script. */
  readonly worker: string
  readonly style: string
}

let built: Promise<BuiltPage> | undefined

/** @throws HarnessError `usage` where the page was not built */
export function loadPage(): Promise<BuiltPage> {
  built ??= readBuilt()
  return built
}

async function readBuilt(): Promise<BuiltPage> {
  const at = (name: string) => new URL(`./built/${name}`, import.meta.url)
  try {
    const [module, loader, client, worker, style] = await Promise.all([
      import(at('server.js').href) as Promise<PageModule>,
      readFile(at('loader.js'), 'utf8'),
      readFile(at('client.js'), 'utf8'),
      readFile(at('worker.js'), 'utf8'),
      readFile(at('style.css'), 'utf8'),
    ])
    return { module, loader, client, packed: gzipSync(client, { level: 9 }), worker, style }
  } catch (cause) {
    throw new HarnessError('usage', `the report's page is not built: ${at('').pathname} lacks a file`, {
      hint: 'Run "npm run build:page" (as "npm ci" does).',
      cause,
    })
  }
}
