import type { Field } from './about.ts'

/** The fields that every arm has, in the order of its block. */
export const ROW_FIELDS = {
  case: 'u32',
  column: 'u16',
  repeat: 'u16',
  outcome: 'u8',
  score: 'f32',
  latencyMs: 'f32',
  ttftMs: 'f32',
  costUsd: 'f32',
  attempts: 'u16',
  flags: 'u8',
  change: 'u8',
  tokensIn: 'f32',
  tokensOut: 'f32',
  /** Two a row. */
  ids: 'u32',
} as const satisfies Readonly<Record<string, Field['type']>>

export type FieldName = keyof typeof ROW_FIELDS

/** What holds the values of each type. */
export const ARRAYS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array } as const

export type FieldArray<T extends Field['type'] = Field['type']> = InstanceType<(typeof ARRAYS)[T]>

/** The name of a metric's field. */
export function metricField(metric: string): string {
  return `metric:${metric}`
}

/** Every field starts at a multiple of this, in bytes, so that an array can be laid over it. */
export const ALIGNMENT = 8

export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
}
