import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Who imports what, of the files that are not installed packages. */
export class ImportLog {
  readonly #imported = new Map<string, Set<string>>()

  /** Notes the imports of this process from now on. */
  listen(): void {
    registerHooks({
      resolve: (specifier, context, nextResolve) => {
        const resolved = nextResolve(specifier, context)
        this.#note(context.parentURL, resolved.url)
        return resolved
      },
    })
  }

  /** Absolute paths of what a file imports, and what that imports in turn. */
  below(path: string): ReadonlySet<string> {
    const found = new Set<string>()
    const open = [path]
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const imported of this.#imported.get(at) ?? []) {
        if (found.has(imported)) continue
        found.add(imported)
        open.push(imported)
      }
    found.delete(path)
    return found
  }

  #note(parent: string | undefined, url: string): void {
    const [from, to] = [ownPath(parent), ownPath(url)]
    if (from === undefined || to === undefined) return
    const imported = this.#imported.get(from) ?? new Set()
    this.#imported.set(from, imported.add(to))
  }
}

function ownPath(url: string | undefined): string | undefined {
  if (url === undefined || !url.startsWith('file:') || url.includes('/node_modules/')) return undefined
  const [bare = ''] = url.split(/[?#]/)
  return fileURLToPath(bare)
}
