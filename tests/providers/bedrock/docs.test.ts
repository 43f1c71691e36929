import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import Bedrock from '../../../providers/bedrock.ts'
import { schema } from '../../../providers/bedrock/config/schema.ts'
import { ENV } from './asked.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/bedrock.md'), 'utf8')

it('the page on Bedrock names every key of the config', () => {
  const missing = Object.keys(schema.shape).filter((key) => !PAGE.includes(`\`${key}\``))
  expect(missing).toEqual([])
})

it('its example is one', () => {
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(PAGE) ?? []
  const { providers } = parse(yaml) as { providers: (string | { id: string; config: object })[] }
  expect(providers).toHaveLength(3)
  for (const provider of providers) {
    const options = typeof provider === 'string' ? { id: provider } : provider
    expect(new Bedrock({ ...options, env: ENV }).warnings).toEqual([])
  }
})
