import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ended, Files } from '../e2e/cli.ts'

/** A provider of the fault server: a column with an account of its own. */
export interface Asked {
  readonly account: string
  readonly style?: 'tells' | 'throws' | 'texts'
  readonly secure?: boolean
}

interface SuiteOptions {
  readonly providers: readonly Asked[]
  readonly prompts?: readonly string[]
  /** The words of the cases; the n-th case has `metadata.id: c<n>`. */
  readonly words: readonly string[]
  readonly assay?: object
}

const PROVIDER = readFileSync(join(import.meta.dirname, 'provider.mjs'), 'utf8')

/** Retries that wait milliseconds, so that a test takes seconds; replies are asked for each time. */
export const QUICK = {
  cache: false,
  retry: { attempts: 5, baseMs: 5, maxMs: 50 },
  maxErrorRate: 1,
} as const

/** The words of so many cases. */
export function wordsOf(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `word-${n}`)
}

/** The files of a suite that asks the fault server. Its cells pass when there is any reply. */
export function faultSuite({
  providers,
  prompts = ['Say {{word}}'],
  words,
  assay = QUICK,
}: SuiteOptions): Files {
  const suite = {
    prompts,
    providers: providers.map(({ account, ...config }) => ({
      id: 'file://provider.mjs',
      label: account,
      config: { account, ...config },
    })),
    defaultTest: { assert: [{ type: 'contains', value: 're: ' }] },
    tests: words.map((word, n) => ({ metadata: { id: `c${n}` }, vars: { word } })),
    assay,
  }
  return { 'suite.yaml': JSON.stringify(suite, null, 1), 'provider.mjs': PROVIDER }
}

/** The summary of a run that passed. Throws what it said if it did not. */
export function passed({ code, stdout, stderr }: Ended): unknown {
  if (code !== 0) throw new Error(`ended with ${code}:\n${stderr}`)
  return JSON.parse(stdout)
}
