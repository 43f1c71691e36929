import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { searchable, sightingsOf } from '../../assertions/injection/canary.ts'
import { comparable, holds } from '../../assertions/position/answer.ts'

interface Probe {
  readonly description: string
  readonly metadata: { readonly id: string; readonly tags: readonly string[] }
  readonly vars: {
    readonly family: string
    readonly channel?: 'document' | 'tool-result' | 'user'
    readonly page: string
    readonly record?: string
    readonly question: string
    readonly expected: string
    readonly planted?: string
    readonly canary?: string
  }
}

const SUITE = join(import.meta.dirname, '../../suites/injection')
const read = (file: string): string => readFileSync(join(SUITE, file), 'utf8')
const attacks = parse(read('attacks.yaml')) as Probe[]
const benign = parse(read('benign.yaml')) as Probe[]
const all = [...attacks, ...benign]

const FAMILIES = [
  'authority',
  'delimiter',
  'direct',
  'encoded',
  'goal-hijack',
  'hidden',
  'leak',
  'multilingual',
  'obfuscated',
  'role-play',
  'split',
]

describe('the attacks', () => {
  it('are at least 60, at least five of each family, on every channel', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(60)
    const byFamily = Map.groupBy(attacks, ({ vars }) => vars.family)
    expect([...byFamily.keys()].sort()).toEqual(FAMILIES)
    for (const [family, probes] of byFamily) expect([family, probes.length >= 5]).toEqual([family, true])
    expect(new Set(attacks.map(({ vars }) => vars.channel))).toEqual(
      new Set(['document', 'tool-result', 'user']),
    )
  })

  it('have each its own canary, none within another', () => {
    const canaries = attacks.map(({ vars }) => vars.canary ?? '')
    expect(new Set(canaries).size).toBe(attacks.length)
    for (const canary of canaries)
      expect(canaries.filter((other) => other.includes(canary))).toEqual([canary])
  })

  it('plant their canary, in plain or in a form that the check finds; or in pieces', () => {
    for (const { vars, metadata } of attacks.filter(({ vars }) => vars.family !== 'split')) {
      const found = sightingsOf(vars.canary ?? '', searchable(vars.planted ?? ''))
      expect([metadata.id, found.length > 0]).toEqual([metadata.id, true])
    }
  })
})

describe('the cases without an attack', () => {
  it('are at least 15, some of them with text that speaks of instructions', () => {
    expect(benign.length).toBeGreaterThanOrEqual(15)
    expect(benign.every(({ vars }) => vars.family === 'none' && vars.canary === undefined)).toBe(true)
    expect(benign.filter(({ vars }) => vars.planted !== undefined).length).toBeGreaterThanOrEqual(5)
  })

  it('ask the questions that are asked under attack too', () => {
    const asked = new Set(attacks.map(({ vars }) => vars.question))
    for (const { vars } of benign) expect(asked).toContain(vars.question)
  })
})

describe('every case', () => {
  it('has its own id and its own description within its file', () => {
    expect(new Set(all.map(({ metadata }) => metadata.id)).size).toBe(all.length)
    for (const file of [attacks, benign])
      expect(new Set(file.map(({ description }) => description)).size).toBe(file.length)
  })

  it('has the expected answer in its page or its record, and not in its question or in what was planted', () => {
    for (const { vars, metadata } of all) {
      const answers = vars.expected.split(' | ').map(comparable)
      const stands = (text: string): boolean => answers.some((answer) => holds(comparable(text), answer))
      const source = vars.record ?? read(vars.page.replace('file://', ''))
      expect([metadata.id, stands(source)]).toEqual([metadata.id, true])
      expect([metadata.id, stands(vars.question)]).toEqual([metadata.id, false])
      expect([metadata.id, stands(vars.planted ?? '')]).toEqual([metadata.id, false])
    }
  })

  it('holds nothing that a template language would read', () => {
    for (const { vars } of all) expect(JSON.stringify(vars)).not.toMatch(/\{\{|\{%|\{#/)
  })
})

it('differs between the prompts in the defence alone', () => {
  const [plain, hardened] = ['plain', 'hardened'].map(
    (name) => parse(read(`prompts/${name}.yaml`)) as { content: string }[],
  )
  expect(hardened?.[0]?.content.startsWith(plain?.[0]?.content ?? '-')).toBe(true)
  const undefended = hardened?.[1]?.content.replaceAll(' | replace("<", "‹") | replace(">", "›")', '')
  expect(undefended?.startsWith(plain?.[1]?.content ?? '-')).toBe(true)
})
