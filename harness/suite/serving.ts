import { relative, sep } from 'node:path'
import type { Builtin, ServedModel } from '../model/builtin.ts'
import type { ProviderSpec } from '../model/suite.ts'
import { promptfooId } from './config/catalog.ts'
import { isCodeFile } from './user-code.ts'

/** Who makes a provider, which model a class stands for, and whose limits its calls count against. */
export type Serving = Pick<ProviderSpec, 'kind' | 'account'> & { readonly model?: string }

interface Named {
  readonly id: string
  /** The id before `{{env.X}}` was resolved: what may be recorded. */
  readonly written?: string
  readonly path?: string | undefined
  readonly config?: Readonly<Record<string, unknown>> | undefined
}

interface Around {
  readonly root: string
  readonly builtin?: Builtin | undefined
}

/**
 * How a provider is served. Its account is `config.account` if written; else that of the model, where assay serves it; else its
 * file, relative to the project root; else the scheme of its id (`azure:chat:x` → `azure`).
 * @throws HarnessError `suite`, without a place, for a class of models that nobody knows
 */
export function servingOf({ id, written = id, path, config }: Named, { root, builtin }: Around): Serving {
  const said = config?.['account']
  const own = typeof said === 'string' && said !== '' ? said : undefined
  if (path !== undefined) {
    const isCode = isCodeFile(path)
    const served = isCode ? builtin?.serveFile(path, config) : undefined
    return {
      kind: isCode ? 'file' : 'promptfoo',
      account: own ?? served?.account ?? fileAccount(path, root),
      ...modelOf(served),
    }
  }
  const served = builtin?.serve(id)
  if (served === undefined)
    return { kind: 'promptfoo', account: own ?? promptfooId(id).split(':', 1)[0] ?? id }
  // What came out of the environment is not recorded; what a class stands for did not.
  const isWritten = written === id || served.meant !== undefined
  const account = isWritten ? served.account : (builtin?.serve(written)?.account ?? written)
  return { kind: 'builtin', account: own ?? account, ...modelOf(served) }
}

function modelOf(served: ServedModel | undefined): { model?: string } {
  return served?.meant === undefined ? {} : { model: served.meant }
}

function fileAccount(path: string, root: string): string {
  return relative(root, path).split(sep).join('/')
}

/**
 * A file that serves several providers stands, as far as can be known, for several models: each gets an account of its own,
 * `<file>#<key>`, unless what it is served by is known or `config.account` says otherwise.
 */
export function shareFileAccounts(specs: readonly ProviderSpec[], root: string): ProviderSpec[] {
  return specs.map((spec) => {
    const isDefault =
      spec.path !== undefined &&
      spec.account === fileAccount(spec.path, root) &&
      spec.config?.['account'] !== spec.account
    const isShared = isDefault && specs.some((other) => other !== spec && other.path === spec.path)
    return isShared ? { ...spec, account: `${spec.account}#${spec.key}` } : spec
  })
}
