import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Analysis } from '../../harness/model/analysis.ts'
import type { Summary } from '../../reports/summary.ts'
import type { Project } from './cli.ts'

interface SuiteParts {
  readonly prompt?: string
  readonly value?: string
  readonly words?: readonly string[]
  readonly repeat?: number
  readonly check?: string
  readonly gate?: string
}

export function suiteOf({
  prompt = 'Say',
  value = 'SAY',
  words = ['yes', 'no'],
  repeat = 2,
  check,
  gate,
}: SuiteParts = {}): string {
  const assertion = check ?? `{ type: contains, value: ${value} }`
  return `prompts: [{label: p, raw: '${prompt} {{word}}'}]
providers: [{id: file://provider.ts, label: m}]
defaultTest: { assert: [${assertion}] }
tests: [${words.map((word) => `{ vars: { word: ${word} }, metadata: { id: ${word} } }`).join(', ')}]
assay: { repeat: ${repeat}${gate === undefined ? '' : `, gate: ${gate}`} }
`
}

interface Ran {
  readonly code: number | null
  readonly stderr: string
  readonly summary: Summary
}

export async function run(project: Project, ...args: string[]): Promise<Ran> {
  const { code, stdout, stderr } = await project.assay(['run', 'suite.yaml', '--no-cache', ...args, '--json'])
  if (stdout === '') throw new Error(stderr)
  return { code, stderr, summary: JSON.parse(stdout) as Summary }
}

export function analysisOf({ run: { id, dir } }: Summary): Analysis {
  const text = readFileSync(join(dir, 'analysis.json'), 'utf8')
  return JSON.parse(text.replaceAll(id, 'RUN')) as Analysis
}

/** The files of the cassette, with their bytes. */
export function cassetteOf(project: Project): Record<string, string> {
  const names = globSync('cassette/**/*.jsonl', { cwd: project.dir }).toSorted()
  return Object.fromEntries(names.map((name) => [name, project.read(name)]))
}
