import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ANTHROPIC } from '../../../providers/aisdk/config/anthropic.ts'
import { OWN_KEYS } from '../../../providers/aisdk/config/own-keys.ts'
import { GOOGLE } from '../../../providers/aisdk/config/google.ts'
import { OLLAMA, OPENAI, OPENAI_COMPATIBLE } from '../../../providers/aisdk/config/openai.ts'
import { VENDORS } from '../../../providers/aisdk/vendor.ts'
import { bare } from './ask.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/vendors.md'), 'utf8')
const [, COMMON_TABLE = '', VENDORS_TABLE = ''] = PAGE.split(
  /^(?=\| key of every vendor|\| vendor \| other names)/m,
)

describe('the page on the vendors', () => {
  it('names every key that all of them have, and no other', () => {
    const keys = rowsOf(COMMON_TABLE).flatMap(([names = '']) => codeIn(names))
    expect(keys.toSorted()).toEqual(Object.keys(OWN_KEYS).toSorted())
  })

  it.each([
    ['openai', OPENAI],
    ['google', GOOGLE],
    ['anthropic', ANTHROPIC],
    ['ollama', OLLAMA],
  ] as const)('names every key that %s has besides, and no other', (vendor, { shape }) => {
    const own = Object.keys(shape).filter((key) => !(key in OWN_KEYS))
    expect(keysOf(vendor).toSorted()).toEqual(own.toSorted())
  })

  it('gives a server like OpenAI’s all of OpenAI’s keys but the last three', () => {
    const own = Object.keys(OPENAI_COMPATIBLE.shape).filter((key) => !(key in OWN_KEYS))
    expect(keysOf('openai').slice(0, -3).toSorted()).toEqual(own.toSorted())
  })

  it('has an example with a provider of each vendor, all of them valid', () => {
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(PAGE) ?? []
    const { providers } = parse(yaml) as { providers: { id: string; config: object }[] }
    const vendors = providers.map(({ id, config }) => bare(id, config).id().split(':')[0])
    expect(vendors).toHaveLength(VENDORS.length)
    expect(new Set(vendors)).toEqual(new Set(VENDORS))
  })

  it.each([
    ['openai:gpt-4.1', 'cost inputCost outputCost mcp functionToolCallbacks audio maxRetries'],
    ['google:gemini-2.5-flash', 'mcp functionToolCallbacks vertexai projectId'],
    ['anthropic:claude-haiku-4-5', 'mcp'],
    ['ollama:llama3.2', 'num_ctx top_k keep_alive'],
  ])('calls keys of %s refused that are: %s', (id, keys) => {
    for (const key of keys.split(' ')) {
      expect(PAGE).toContain(`\`${key}\``)
      expect(() => bare(id, { [key]: 1 })).toThrow(`\`${key}\``)
    }
  })
})

/** Cells of the table that a piece of the page begins with, without its head. */
function rowsOf(piece: string): string[][] {
  const lines = piece.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines.slice(2, end).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
}

function keysOf(vendor: string): string[] {
  const row = rowsOf(VENDORS_TABLE).find(([name]) => name === `\`${vendor}\``)
  return (row ?? []).slice(1).flatMap(codeIn)
}

function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}
