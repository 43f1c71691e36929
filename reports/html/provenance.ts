import type { ReportInput } from '../../harness/model/report.ts'
import { html } from '../format/escape-html.ts'

/** What was run, on what, and the command that runs it again. */
export function provenanceSection({ run }: ReportInput): string {
  const { id, suite, command, git, seed, versions, machine } = run.manifest
  const rows: [string, string][] = [
    ['run', id],
    ['suite', `${suite.file} (${suite.hash})`],
    ['command', command.join(' ')],
    ...(git
      ? ([['commit', `${git.commit}${git.dirty ? ', with uncommitted changes' : ''}`]] as [string, string][])
      : []),
    ...(seed === undefined ? [] : ([['seed', String(seed)]] as [string, string][])),
    ['versions', list(versions)],
    ['machine', list(machine)],
  ]
  const items = rows.map(([term, text]) => `<dt>${term}</dt><dd>${html(text)}</dd>`)
  return `<h2>Provenance</h2><dl>${items.join('')}</dl>`
}

function list(record: Readonly<Record<string, string | number>>): string {
  return Object.entries(record)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
