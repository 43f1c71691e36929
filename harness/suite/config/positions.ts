import type { SourceLocation } from '../../model/source.ts'

/** Text of one file, able to turn an offset into a line and column. */
export interface SourceText {
  readonly file: string
  locationOf(offset: number): SourceLocation
}

/** A place in a file, as an offset: turned into a line and column only when somebody asks. */
export interface Place {
  readonly source: SourceText
  readonly offset: number
}

/** Where a member of a map or list is written. An item of a list has its own place for a key. */
export interface MemberPlaces {
  readonly key: Place
  readonly value: Place
}

interface ContainerPlaces {
  readonly self: Place
  readonly members: Map<string, MemberPlaces>
}

const places = new WeakMap<object, ContainerPlaces>()

/** Remembers where `container` is written; its members are added with `rememberMember`. */
export function remember(container: object, self: Place): void {
  places.set(container, { self, members: new Map() })
}

/** Remembers where the member `key` of a remembered container is written. */
export function rememberMember(container: object, key: string | number, member: MemberPlaces): void {
  places.get(container)?.members.set(String(key), member)
}

/** Where a member is written: for code that makes one container out of another. */
export function memberPlaces(container: object, key: string | number): MemberPlaces | undefined {
  return places.get(container)?.members.get(String(key))
}

/** Gives `copy` the places of `original`, as they are now: for code that rebuilds a value with the same keys. */
export function copyPlaces(original: object, copy: object): void {
  const known = places.get(original)
  if (known !== undefined) places.set(copy, { self: known.self, members: new Map(known.members) })
}

/**
 * Where an object or list was written or, given a key, where that member's value was.
 * Undefined for what no file holds: generated values, and members that are missing.
 */
export function locate(container: object, key?: string | number): SourceLocation | undefined {
  const known = places.get(container)
  if (key === undefined) return known && locationOf(known.self)
  const member = known?.members.get(String(key))
  return member && locationOf(member.value)
}

/** Where the key itself is written: the place to point at when the key is the mistake. */
export function locateKey(container: object, key: string | number): SourceLocation | undefined {
  const member = memberPlaces(container, key)
  return member && locationOf(member.key)
}

function locationOf(place: Place): SourceLocation {
  return place.source.locationOf(place.offset)
}
