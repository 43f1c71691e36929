import { clusterOf } from '../analyze/paired/cluster-key.ts'
import type { AssaySettings } from '../model/suite.ts'
import { fail } from './config/fail.ts'
import { locateKey } from './config/positions.ts'
import { didYouMean } from '../model/suggest.ts'

/** What `assay.cluster` could name, and whether any case has what it does name. */
export class ClusterKeys {
  readonly #path: string | undefined
  readonly #known = new Set<string>()
  #isFound = false

  /** @param path `vars.document_id`; without one there is nothing to find */
  constructor(path: string | undefined) {
    this.#path = path
  }

  add({ vars, metadata = {} }: { readonly vars: object; readonly metadata: object | undefined }): void {
    if (this.#path === undefined || this.#isFound) return
    this.#isFound = clusterOf({ vars: { ...vars }, metadata: { ...metadata } }, this.#path) !== undefined
    for (const key of Object.keys(vars)) this.#known.add(`vars.${key}`)
    for (const key of Object.keys(metadata)) this.#known.add(`metadata.${key}`)
  }

  get known(): ReadonlySet<string> {
    return this.#known
  }

  get isFound(): boolean {
    return this.#isFound
  }
}

/**
 * A cluster that no case belongs to is a slip of the pen, and would be told of after every call was paid for.
 * @throws HarnessError `suite`
 */
export function checkCluster(assay: AssaySettings, { known, isFound }: ClusterKeys): void {
  const { cluster } = assay
  if (cluster === undefined || isFound) return
  const names = [...known].slice(0, 10)
  const hint =
    didYouMean(cluster, known) ??
    (names.length === 0 ? 'the cases have no variables and no metadata' : `there are ${names.join(', ')}`)
  throw fail('suite', `assay.cluster: no case has \`${cluster}\``, locateKey(assay, 'cluster'), hint)
}
