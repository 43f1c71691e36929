import { createRequire } from 'node:module'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../../../harness/model/errors.ts'
import { parseYamlFile } from '../../../../harness/suite/config/parse-yaml.ts'
import { DOCUMENTS, SCALARS } from './yaml-samples.ts'

/** As much of js-yaml 5 as promptfoo's loader uses. */
interface JsYaml {
  CORE_SCHEMA: { withTags(...tags: unknown[]): unknown }
  mergeTag: unknown
  binaryTag: unknown
  timestampTag: unknown
  omapTag: unknown
  pairsTag: unknown
  loadAll(text: string, options: { schema: unknown }): unknown[]
}

// promptfoo's own copy: the reader its users' suites are written for.
const promptfoo = createRequire(import.meta.url).resolve('promptfoo')
const yaml = createRequire(promptfoo)('js-yaml') as JsYaml
const schema = yaml.CORE_SCHEMA.withTags(
  yaml.mergeTag,
  yaml.binaryTag,
  yaml.timestampTag,
  yaml.omapTag,
  yaml.pairsTag,
)

/** What promptfoo reads: a value, or `refused`. */
function promptfooReads(text: string): unknown {
  try {
    const documents = yaml.loadAll(text, { schema })
    return documents.length > 1 ? 'refused' : documents[0]
  } catch {
    return 'refused'
  }
}

function assayReads(text: string): unknown {
  try {
    return parseYamlFile('/nowhere/suite.yaml', text)
  } catch (error) {
    if (error instanceof HarnessError) return 'refused'
    throw error
  }
}

function differences(documents: readonly string[]): unknown[] {
  return documents
    .map((text) => ({ text, promptfoo: promptfooReads(text), assay: assayReads(text) }))
    .filter(({ promptfoo, assay }) => {
      const sameOrder = JSON.stringify(promptfoo) === JSON.stringify(assay)
      return !isDeepStrictEqual(promptfoo, assay) || !sameOrder
    })
}

describe('YAML as promptfoo reads it', () => {
  it('resolves every scalar alike as a value, an item and a key', () => {
    expect(differences(SCALARS.map((scalar) => `v: ${scalar}\n`))).toEqual([])
    expect(differences(SCALARS.map((scalar) => `- ${scalar}\n`))).toEqual([])
    expect(differences(SCALARS.map((scalar) => `${scalar}: 1\n`))).toEqual([])
  })

  it('reads documents alike: merge keys, aliases, block scalars, marks and mistakes', () => {
    expect(differences(DOCUMENTS)).toEqual([])
  })

  it('keeps yes and no as text, 0777 as 777, and reads an unquoted date as a date', () => {
    expect(parseYamlFile('/x', 'a: yes\nb: 0777\nc: 2024-01-31\nd: 1_000')).toEqual({
      a: 'yes',
      b: 777,
      c: new Date('2024-01-31'),
      d: '1_000',
    })
  })

  it('refuses a value that holds itself, which promptfoo would walk for ever', () => {
    expect(assayReads('a: &x [*x]\n')).toBe('refused')
    expect(assayReads('a: &x {<<: *x}\n')).toBe('refused')
  })
})
