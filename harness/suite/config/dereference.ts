import { readFileSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import type { SourceLocation } from '../../model/source.ts'
import { refuseAliasBomb } from './alias-bomb.ts'
import { fail } from './fail.ts'
import { parseYamlFile } from './parse-yaml.ts'
import { resolveInside } from './paths.ts'
import type { MemberPlaces } from './positions.ts'
import { locate, memberPlaces, remember, rememberMember } from './positions.ts'
import { didYouMean } from '../../model/suggest.ts'

export interface DereferenceOptions {
  /** Project root: see `resolveInside`. */
  readonly root: string
  readonly allowOutside: boolean
  /** Parts whose `$ref`s are left alone: JSON schemas that are a provider's to read. */
  readonly skip?: ReadonlySet<object> | undefined
  /** Told every further file that is read, with its text. */
  readonly onFile?: ((file: string, text: string) => void) | undefined
  /** Told the top-level keys of the first file that `$ref`s point into. */
  readonly onKey?: ((key: string) => void) | undefined
}

type Container = Record<string, unknown>
type Ref = Container & { $ref: string }

/** The file a value stands in: what `#` and relative paths mean there. */
interface Home {
  readonly file: string
  readonly root: unknown
}

/**
 * Replaces every `{$ref: …}` of a parsed file, in place: `#/pointer`, `file.yaml`, `file.yaml#/pointer`; paths count from
 * the file the `$ref` stands in. Keys beside a `$ref` win over those it brings.
 * @throws HarnessError `suite` at a `$ref` that leads nowhere, in a circle, to the network, or out of the project, and at
 * `$ref`s that multiply what is written beyond measure
 */
export function dereference(value: unknown, file: string, options: DereferenceOptions): unknown {
  const result = new Dereferencer({ file, root: value }, options).run()
  refuseAliasBomb(result)
  return result
}

class Dereferencer {
  readonly #main: Home
  readonly #options: DereferenceOptions
  readonly #homes = new Map<string, Home>()
  readonly #done = new Map<object, unknown>()
  /** What is being expanded, with the length of the trail when it was begun. */
  readonly #open = new Map<object, number>()
  /** The `$ref`s being followed, outermost first. */
  readonly #trail: Ref[] = []
  /** Where the values stand that the `$ref`s brought. */
  readonly #brought = new Map<Ref, MemberPlaces>()

  constructor(main: Home, options: DereferenceOptions) {
    this.#main = main
    this.#options = options
    this.#homes.set(main.file, main)
  }

  run(): unknown {
    return this.#expand(this.#main.root, this.#main)
  }

  #expand(value: unknown, home: Home): unknown {
    if (!isContainer(value) || this.#options.skip?.has(value)) return value
    if (this.#done.has(value)) return this.#done.get(value)
    const begun = this.#open.get(value)
    if (begun !== undefined) throw this.#circular(this.#trail.slice(begun))
    this.#open.set(value, this.#trail.length)
    const result = isRef(value) ? this.#follow(value, home) : this.#expandMembers(value, home)
    this.#open.delete(value)
    this.#done.set(value, result)
    return result
  }

  #expandMembers(container: Container, home: Home): Container {
    for (const [key, member] of Object.entries(container)) {
      const expanded = this.#expand(member, home)
      if (expanded === member) continue
      container[key] = expanded
      const own = memberPlaces(container, key)
      const brought = this.#brought.get(member as Ref)
      if (own !== undefined && brought !== undefined) {
        rememberMember(container, key, { key: own.key, value: brought.value })
      }
    }
    return container
  }

  #follow(ref: Ref, home: Home): unknown {
    this.#trail.push(ref)
    const [path = '', pointer = ''] = ref.$ref.split('#', 2)
    const target = path === '' ? home : this.#home(path, ref, home)
    const found = this.#expand(this.#walk(pointerParts(pointer), target, ref), target)
    const result = Object.keys(ref).length === 1 ? found : this.#extend(ref, found, home)
    this.#trail.pop()
    return result
  }

  #walk(parts: readonly string[], target: Home, ref: Ref): unknown {
    let current = target.root
    if (target === this.#main && parts[0] !== undefined) this.#options.onKey?.(parts[0])
    for (const [index, part] of parts.entries()) {
      // What is pointed into may itself be elsewhere.
      if (isContainer(current) && isRef(current)) current = this.#expand(current, target)
      if (!isContainer(current) || !Object.hasOwn(current, part)) {
        const place = index === 0 ? 'at the top of the file' : `in \`#/${parts.slice(0, index).join('/')}\``
        const near = isContainer(current) ? didYouMean(part, Object.keys(current)) : undefined
        throw this.#refError(ref, `leads nowhere: there is no \`${part}\` ${place}`, near ?? REF_FORMS)
      }
      const places = memberPlaces(current, part)
      if (places !== undefined) this.#brought.set(ref, places)
      current = current[part]
    }
    return current
  }

  #extend(ref: Ref, found: unknown, home: Home): unknown {
    if (!isContainer(found) || Array.isArray(found)) return found
    const merged: Container = {}
    const self = memberPlaces(ref, '$ref')
    if (self !== undefined) remember(merged, self.key)
    for (const from of [ref, found]) {
      for (const [key, member] of Object.entries(from)) {
        if (key === '$ref' || Object.hasOwn(merged, key)) continue
        merged[key] = from === ref ? this.#expand(member, home) : member
        const places = memberPlaces(from, key)
        if (places !== undefined) rememberMember(merged, key, places)
      }
    }
    return merged
  }

  #home(path: string, ref: Ref, home: Home): Home {
    if (/^(?!file:)[a-z][a-z\d+.-]+:\/\//i.test(path)) {
      throw this.#refError(ref, 'is not a file', 'save it in the project and name the file')
    }
    const { root, allowOutside, onFile } = this.#options
    const file = resolveInside(root, dirname(home.file), decodePart(path), this.#at(ref), allowOutside)
    const known = this.#homes.get(file)
    if (known !== undefined) return known
    const text = readFileSync(file, 'utf8')
    onFile?.(file, text)
    const isData = ['.yaml', '.yml', '.json'].includes(extname(file).toLowerCase())
    const loaded: Home = { file, root: isData ? parseYamlFile(file, text) : text }
    this.#homes.set(file, loaded)
    return loaded
  }

  #circular(circle: readonly Ref[]): Error {
    const steps = [...circle, ...circle.slice(0, 1)].map((ref) => ref.$ref)
    const [first] = circle
    return fail(
      'suite',
      `circular \`$ref\`: ${steps.join(' → ')}`,
      first && this.#at(first),
      'a `$ref` cannot lead to what holds it',
    )
  }

  #refError(ref: Ref, message: string, hint: string): Error {
    return fail('suite', `\`$ref: ${ref.$ref}\` ${message}`, this.#at(ref), hint)
  }

  /** Where a `$ref` is written; values that were parsed without places have their file. */
  #at(ref: Ref): SourceLocation {
    return locate(ref, '$ref') ?? { file: this.#main.file, line: 1 }
  }
}

const REF_FORMS = 'a `$ref` is `#/path/in/this/file`, `other.yaml` or `other.yaml#/path`'

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

/** `#name` without a slash is JSON Schema's, not ours. */
function isRef(value: Container): value is Ref {
  const { $ref } = value
  return typeof $ref === 'string' && $ref !== '' && (!$ref.startsWith('#') || /^#(?:\/|$)/.test($ref))
}

function pointerParts(pointer: string): string[] {
  const parts = pointer.split('/').slice(1)
  return parts.map((part) => decodePart(part).replaceAll('~1', '/').replaceAll('~0', '~'))
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
