import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import documents from '../../../suites/legal-analyzer/documents.ts'

const SUITE = join(import.meta.dirname, '../../../suites/legal-analyzer')

interface Period {
  readonly value: number
  readonly unit: string
}

export interface Facts {
  readonly parties?: readonly string[]
  readonly effective_date?: string
  readonly end_date?: string
  readonly governing_law?: string
  readonly term?: Period
  readonly notice_period?: Period
  readonly amounts?: readonly { readonly amount: number; readonly currency: string }[]
}

interface Case {
  readonly metadata: { readonly id: string; readonly tags: readonly string[] }
  readonly vars: { readonly document_id: string; readonly contract: string; readonly expected: Facts }
}

interface Check {
  readonly config: Readonly<Record<string, unknown>>
}

export function read(file: string): string {
  return readFileSync(join(SUITE, file), 'utf8')
}

export const clauses = parse(read('clauses.yaml')) as Case[]
export const contracts = (await documents()) as Case[]
export const cases = [...clauses, ...contracts]

/** The check that a suite gives a metric. */
export function checkOf(suite: string, metric: string): Check {
  const { defaultTest } = parse(read(suite)) as { defaultTest: { assert: (Check & { metric: string })[] } }
  const check = defaultTest.assert.find((one) => one.metric === metric)
  if (check === undefined) throw new Error(`${suite} has no check ${metric}`)
  return check
}
