import { z } from 'zod'
import { assertionSchema } from './assertion.ts'
import { checked, isMap, oneOf, openMap, strictMap } from './form.ts'
import { anyMap, code, positiveWhole, providerRef, text, texts } from './scalars.ts'

const varsFile = checked(text, (value, report) => {
  if (typeof value !== 'string' || /[./*]/.test(value)) return
  report(`expected a map of vars, or the name of a file with vars, got ${JSON.stringify(value)}`, [], {
    hint: 'write vars as a map: `vars: {name: value}`',
  })
})

const vars = oneOf((value) => {
  if (typeof value === 'string') return varsFile
  if (Array.isArray(value)) return z.array(oneOf((item) => (typeof item === 'string' ? varsFile : VARS_ITEM)))
  return isMap(value) ? anyMap : 'a map of vars, or the name of a file with vars'
})
const VARS_ITEM =
  'the name of a file with vars (vars themselves are a map, `vars: {name: value}`, not a list)'

const factuality = strictMap({
  subset: z.number().optional(),
  superset: z.number().optional(),
  agree: z.number().optional(),
  disagree: z.number().optional(),
  differButFactual: z.number().optional(),
})

const options = openMap({
  prefix: text.optional(),
  suffix: text.optional(),
  postprocess: code.optional(),
  transform: code.optional(),
  transformVars: code.optional(),
  storeOutputAs: text.optional(),
  rubricPrompt: z.unknown().optional(),
  provider: providerRef.optional(),
  factuality: factuality.optional(),
  disableVarExpansion: z.boolean().optional(),
  disableConversationVar: z.boolean().optional(),
  disableDefaultAsserts: z.boolean().optional(),
  runSerially: z.boolean().optional(),
  repeat: positiveWhole.optional(),
})

const scoring = oneOf((value) => {
  if (typeof value === 'function') return z.unknown()
  return typeof value === 'string' && value.startsWith('file://')
    ? text
    : 'a `file://` reference to a function'
})

const shape = {
  description: text.optional(),
  vars: vars.optional(),
  provider: providerRef.optional(),
  providers: texts.optional(),
  prompts: texts.optional(),
  providerOutput: z.unknown().optional(),
  assert: z.array(assertionSchema).optional(),
  assertScoringFunction: scoring.optional(),
  options: options.optional(),
  threshold: z.number().optional(),
  metadata: anyMap.optional(),
}

/** Keys that people put in a test and that belong in one of its parts. */
const ELSEWHERE = {
  id: 'metadata: {id: …}',
  tags: 'metadata: {tags: […]}',
  repeat: 'options: {repeat: …}',
  transform: 'options: {transform: …}',
  expected: 'assert: [{type: equals, value: …}]',
}

/** `defaultTest`, and a row of a scenario's `config`: a test of which any part may be missing. */
export const partialTestSchema = strictMap(shape, ELSEWHERE)

/** Without one of these promptfoo does not take a map for a test. */
const SUBSTANCE = [
  'assert',
  'vars',
  'options',
  'metadata',
  'provider',
  'providerOutput',
  'threshold',
] as const

export const testCaseSchema = checked(strictMap(shape, ELSEWHERE), (test, report) => {
  if (!isMap(test) || SUBSTANCE.some((key) => test[key] !== undefined)) return
  // An unknown key is told by itself; what it was meant for is probably here.
  if (Object.keys(test).some((key) => !(key in shape))) return
  report(`a test needs at least one of ${SUBSTANCE.join(', ')}`)
})

const generator = strictMap({ path: text, config: z.unknown().optional() })

/** A file or glob, a generator, or a test. */
export const testEntrySchema = oneOf((value) => {
  if (typeof value === 'string') return text
  if (!isMap(value)) return 'a test, a file with tests, or a generator `{path: file://…}`'
  return 'path' in value ? generator : testCaseSchema
})

/** The whole of `tests`. */
export const testsSchema = oneOf((value) => {
  if (Array.isArray(value)) return z.array(testEntrySchema)
  if (typeof value === 'string') return text
  return isMap(value) && 'path' in value
    ? generator
    : 'a list of tests, a file, or a generator `{path: file://…}`'
})

export const scenarioSchema = strictMap({
  description: text.optional(),
  config: z.array(partialTestSchema),
  tests: testsSchema.optional(),
})

export const defaultTestSchema = oneOf((value) => {
  if (isMap(value)) return partialTestSchema
  return typeof value === 'string' && value.startsWith('file://')
    ? text
    : 'a test, or a `file://` reference to one'
})
