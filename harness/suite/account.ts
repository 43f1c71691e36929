import { relative, sep } from 'node:path'
import type { ProviderSpec } from '../model/suite.ts'

interface AccountSource {
  readonly id: string
  readonly path: string | undefined
  readonly config: Record<string, unknown> | undefined
}

/**
 * The account whose limits a provider's calls count against: `config.account` if written, else the scheme of a promptfoo id
 * (`openai:gpt-5` → `openai`), else the provider's file, relative to the project root.
 */
export function accountOf({ id, path, config }: AccountSource, root: string): string {
  const written = config?.['account']
  if (typeof written === 'string' && written !== '') return written
  if (path !== undefined) return relative(root, path).split(sep).join('/')
  return id.split(':', 1)[0] as string
}

/**
 * A file that serves several providers stands, as far as can be known, for several models: each gets an account of its own,
 * `<file>#<key>`, unless `config.account` says otherwise.
 */
export function shareFileAccounts(specs: readonly ProviderSpec[]): ProviderSpec[] {
  return specs.map((spec) => {
    const isDefault = spec.path !== undefined && spec.config?.['account'] !== spec.account
    const isShared = isDefault && specs.some((other) => other !== spec && other.path === spec.path)
    return isShared ? { ...spec, account: `${spec.account}#${spec.key}` } : spec
  })
}
