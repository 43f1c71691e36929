import type { Field } from '../about.ts'
import { aligned } from '../fields.ts'
import type { ArmNumbers } from './arm-numbers.ts'

/** The numbers of an arm in one piece, and where each field lies in it. Little-endian, as every machine that runs Node is. */
export function packNumbers(numbers: ArmNumbers): { readonly fields: Field[]; readonly bytes: Uint8Array } {
  const arrays = [...numbers.arrays()]
  const bytes = new Uint8Array(arrays.reduce((sum, [, , { byteLength }]) => sum + aligned(byteLength), 0))
  let offset = 0
  for (const [, , values] of arrays) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset)
    offset += aligned(values.byteLength)
  }
  return { fields: arrays.map(([name, type, { length }]) => ({ name, type, length })), bytes }
}
