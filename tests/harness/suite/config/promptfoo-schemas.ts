import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { z } from 'zod'
import { importPromptfoo } from '../../../../harness/verify/promptfoo.ts'

/** promptfoo's own schemas of a suite: not strict, but they know every key. */
export interface PromptfooSchemas {
  readonly BaseAssertionTypesSchema: z.ZodEnum
  readonly SpecialAssertionTypesSchema: z.ZodEnum
  readonly TestSuiteConfigSchema: z.ZodObject
  readonly EvaluateOptionsSchema: z.ZodObject
  readonly CommandLineOptionsSchema: z.ZodObject
  readonly TestCaseSchema: z.ZodObject
  readonly AssertionSchema: z.ZodObject
  readonly AssertionSetSchema: z.ZodObject
  readonly ScenarioSchema: z.ZodObject
  readonly TestGeneratorConfigSchema: z.ZodObject
  readonly DerivedMetricSchema: z.ZodObject
}

export async function promptfooSchemas(): Promise<PromptfooSchemas> {
  const promptfoo = await importPromptfoo({ cacheDir: mkdtempSync(join(tmpdir(), 'assay-promptfoo-')) })
  return promptfoo as unknown as PromptfooSchemas
}

/** The folder of promptfoo's compiled code. */
export function promptfooDist(): string {
  return dirname(createRequire(import.meta.url).resolve('promptfoo'))
}
