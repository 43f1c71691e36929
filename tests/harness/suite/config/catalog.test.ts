import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  assertionTypeProblem,
  isAssertionType,
  isKnownProviderId,
  PROVIDER_IDS,
  PROVIDER_SCHEMES,
  SPECIAL_TYPES,
  suggestProviderId,
  UNSUPPORTED_TYPES,
} from '../../../../harness/suite/config/catalog.ts'
import { promptfooDist, promptfooSchemas } from './promptfoo-schemas.ts'

const promptfoo = await promptfooSchemas()
const baseTypes = promptfoo.BaseAssertionTypesSchema.options.map(String)

describe('assertion types', () => {
  it("are promptfoo's, each with its not-, but for those named as unsupported", () => {
    const supported = baseTypes.filter((type) => !(type in UNSUPPORTED_TYPES))
    expect(supported.filter((type) => !isAssertionType(type))).toEqual([])
    expect(supported.filter((type) => !isAssertionType(`not-${type}`))).toEqual([])
    expect(promptfoo.SpecialAssertionTypesSchema.options.filter((type) => type !== 'human')).toEqual(
      SPECIAL_TYPES.filter((type) => type !== 'assert-set'),
    )
  })

  it('names no unsupported type that promptfoo does not have', () => {
    const known = new Set([...baseTypes, 'human'])
    expect(Object.keys(UNSUPPORTED_TYPES).filter((type) => !known.has(type))).toEqual([])
  })

  it.each([
    ['containz', 'contains'],
    ['contain', 'contains'],
    ['Equals', 'equals'],
    ['is_json', 'is-json'],
    ['not-containz', 'not-contains'],
    ['llm-rubrik', 'llm-rubric'],
    ['assertset', 'assert-set'],
    ['javascrpt', 'javascript'],
  ])('suggests for %s what was meant', (typed, meant) => {
    expect(assertionTypeProblem(typed)).toEqual({
      message: `unknown assertion type \`${typed}\``,
      hint: `did you mean \`${meant}\`?`,
    })
  })

  it('suggests nothing for what resembles nothing', () => {
    expect(assertionTypeProblem('zzz')?.hint).toMatch(/type: javascript/)
  })

  it.each([
    'trace-span-count',
    'trajectory:tool-used',
    'not-trajectory:step-count',
    'human',
    'promptfoo:redteam:x',
  ])('refuses %s as not supported', (type) => {
    expect(assertionTypeProblem(type)?.message).toMatch(/is not supported/)
  })

  it('has no not- for types that compare columns or hold others', () => {
    expect(isAssertionType('select-best')).toBe(true)
    expect(isAssertionType('not-select-best')).toBe(false)
    expect(isAssertionType('not-assert-set')).toBe(false)
  })
})

/** The tests by which promptfoo's `loadApiProvider` recognises an id, out of the files of its provider registry. */
function registry(): { ids: Set<string>; prefixes: Set<string> } {
  const dist = promptfooDist()
  const files = readdirSync(dist)
    .filter((name) => /^(?:providers|aws|google)-[\w-]+\.js$/.test(name))
    .map((name) => readFileSync(join(dist, name), 'utf8'))
    .filter((text) => text.includes('test: (providerPath) =>'))
  const tests = files.flatMap((text) => text.match(/test: \(providerPath\) => .*$/gm) ?? []).join('\n')
  const scripts = files.join('\n').matchAll(/createScriptBasedProviderFactory\("([^"]+)"/g)
  return {
    ids: new Set([...tests.matchAll(/providerPath === "([^"]+)"/g)].map(([, id = '']) => id)),
    prefixes: new Set([
      ...[...tests.matchAll(/startsWith\("([^"]+)"\)/g)].map(([, prefix = '']) => prefix),
      ...[...scripts].map(([, prefix]) => `${prefix}:`),
    ]),
  }
}

describe('provider ids', () => {
  const { ids, prefixes } = registry()
  // Red-team providers are no part of an evaluation.
  const isRedTeam = (id: string) => id.startsWith('promptfoo:redteam') || id.startsWith('agentic:')

  it("are those of promptfoo's registry", () => {
    expect(ids.size).toBeGreaterThan(15)
    expect(prefixes.size).toBeGreaterThan(80)
    expect([...ids].filter((id) => !isRedTeam(id) && !isKnownProviderId(id))).toEqual([])
    expect([...prefixes].filter((prefix) => !isRedTeam(prefix) && !isKnownProviderId(`${prefix}x`))).toEqual(
      [],
    )
  })

  it("name nothing that promptfoo's registry lacks", () => {
    expect(PROVIDER_IDS.filter((id) => !ids.has(id))).toEqual([])
    expect(PROVIDER_SCHEMES.filter((scheme) => !prefixes.has(`${scheme}:`))).toEqual([])
  })

  it.each([
    'file://p.ts',
    'file://../p.mjs',
    'file://p.py:call',
    'file://providers.yaml',
    'file://p.go',
    './p.js',
    'openai:chat:gpt-5',
    'exec:./run.sh',
    'https://api.test/v1',
  ])('know %s', (id) => {
    expect(isKnownProviderId(id)).toBe(true)
  })

  it.each([
    ['opnai:gpt-5', 'openai:gpt-5'],
    ['anthropc:messages:claude', 'anthropic:messages:claude'],
    ['eco', 'echo'],
    ['OpenAI:gpt-5', 'openai:gpt-5'],
    ['simulated:flash', undefined],
    ['file://notes.txt', undefined],
  ])('do not know %s', (id, meant) => {
    expect(isKnownProviderId(id)).toBe(false)
    expect(suggestProviderId(id)).toBe(meant)
  })
})
