import type { Field } from '../about.ts'
import type { FieldArray } from '../fields.ts'
import { ARRAYS } from '../fields.ts'

const FIRST_ROOM = 1024

/** A typed array that grows. */
export class Growing<T extends Field['type']> {
  readonly type: T
  readonly #fill: number
  #values: FieldArray
  #length = 0

  /** @param fill what stands where nothing was set */
  constructor(type: T, fill = 0) {
    this.type = type
    this.#fill = fill
    this.#values = new ARRAYS[type](0)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    this.set(this.#length, value)
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) this.#grow(index + 1)
    this.#values[index] = value
    if (index >= this.#length) this.#length = index + 1
  }

  get(index: number): number {
    return index < this.#length ? (this.#values[index] as number) : this.#fill
  }

  add(index: number, value: number): void {
    this.set(index, this.get(index) + value)
  }

  /** The first `length` values. */
  values(length = this.#length): FieldArray<T> {
    if (length > this.#values.length) this.#grow(length)
    return this.#values.subarray(0, length) as FieldArray<T>
  }

  #grow(least: number): void {
    const grown = new ARRAYS[this.type](Math.max(least, this.#values.length * 2, FIRST_ROOM))
    if (this.#fill !== 0) grown.fill(this.#fill, this.#values.length)
    grown.set(this.#values)
    this.#values = grown
  }
}
