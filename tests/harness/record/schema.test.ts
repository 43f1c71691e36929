import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import type { Analysis } from '../../../harness/model/analysis.ts'
import type { Baseline } from '../../../harness/model/baseline.ts'
import type { Manifest } from '../../../harness/model/run.ts'
import type { Call, Trial } from '../../../harness/model/trial.ts'
import type { Verdict } from '../../../harness/model/verdict.ts'
import type { analysisSchema } from '../../../harness/record/schema/analysis.ts'
import type { baselineSchema } from '../../../harness/record/schema/baseline.ts'
import { callSchema } from '../../../harness/record/schema/call.ts'
import type { manifestSchema } from '../../../harness/record/schema/manifest.ts'
import { publishedSchemas } from '../../../harness/record/schema/published.ts'
import type { summarySchema } from '../../../harness/record/schema/summary.ts'
import { trialSchema } from '../../../harness/record/schema/trial.ts'
import type { verdictSchema } from '../../../harness/record/schema/verdict.ts'
import type { Summary } from '../../../reports/summary.ts'
import { makeCall, makeTrial } from './make-lines.ts'

/** A type as JSON sees it: nothing is read-only, and what is absent is not `undefined`. */
type Json<T> = unknown extends T
  ? unknown
  : T extends object
    ? { -readonly [K in keyof T]: Json<Exclude<T[K], undefined>> }
    : T

// Held by the type checker, both ways.
expectTypeOf<Json<z.infer<typeof trialSchema>>>().toEqualTypeOf<Json<Trial>>()
expectTypeOf<Json<z.infer<typeof callSchema>>>().toEqualTypeOf<Json<Call>>()
expectTypeOf<Json<z.infer<typeof manifestSchema>>>().toEqualTypeOf<Json<Manifest>>()
expectTypeOf<Json<z.infer<typeof analysisSchema>>>().toEqualTypeOf<Json<Analysis>>()
expectTypeOf<Json<z.infer<typeof verdictSchema>>>().toEqualTypeOf<Json<Verdict>>()
expectTypeOf<Json<z.infer<typeof baselineSchema>>>().toEqualTypeOf<Json<Baseline>>()
expectTypeOf<Json<z.infer<typeof summarySchema>>>().toEqualTypeOf<Json<Summary>>()

/** A published schema, as a reader elsewhere would use it. */
async function published(name: string): Promise<z.ZodType> {
  return z.fromJSONSchema(
    JSON.parse(await readFile(`schemas/${name}.json`, 'utf8')) as z.core.JSONSchema.JSONSchema,
  )
}

describe('the published JSON Schemas', () => {
  it('are current (else run: node scripts/schemas.ts)', async () => {
    const expected = publishedSchemas()
    expect((await readdir('schemas')).sort()).toEqual([...expected.keys()].sort())
    for (const [name, text] of expected) expect(await readFile(`schemas/${name}`, 'utf8')).toBe(text)
  })

  it('accept the lines of a journal, and nothing that a line does not have', async () => {
    for (const [name, schema, line] of [
      ['trial', trialSchema, makeTrial('c-1')],
      ['call', callSchema, makeCall('c-1', 'x')],
    ] as const) {
      const json: unknown = JSON.parse(JSON.stringify(line))
      expect(schema.parse(json)).toEqual(json)
      const reader = await published(name)
      expect(reader.safeParse(json).error).toBeUndefined()
      expect(reader.safeParse({ ...line, extra: 1 }).success).toBe(false)
      expect(reader.safeParse({ ...line, v: 2 }).success).toBe(false)
    }
  })
})
