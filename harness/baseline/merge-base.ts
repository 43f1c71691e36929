import type { GitPlace } from './git.ts'
import { gitObject, gitOutput } from './git.ts'

/** The commit that a branch began at. */
export interface MergeBase {
  readonly commit: string
  /** The branch that it is to go to, such as `origin/main`. */
  readonly target: string
}

/**
 * Where the branch that is checked out left the one it is to go to: the base of the pull request (`GITHUB_BASE_REF`), else the
 * remote's default branch. `none` on that branch itself; `unknown` where the history does not tell, as in a shallow clone.
 */
export async function mergeBase(place: GitPlace): Promise<MergeBase | 'none' | 'unknown'> {
  const head = await gitObject('HEAD^{commit}', place)
  if (head === undefined) return 'unknown'
  for (const target of targetsOf(place.env)) {
    const tip = await gitObject(`refs/remotes/${target}^{commit}`, place)
    if (tip === undefined) continue
    const commit = (await gitOutput(['merge-base', head, tip], place))?.trim()
    if (commit === undefined) return 'unknown'
    return commit === head ? 'none' : { commit, target }
  }
  return 'unknown'
}

function targetsOf(env: GitPlace['env']): readonly string[] {
  const base = env['GITHUB_BASE_REF']
  return base ? [`origin/${base}`] : ['origin/HEAD', 'origin/main', 'origin/master']
}
