import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Summary } from '../../reports/summary.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

/** The code blocks of the README in one language, in order. */
function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    (match) => match[1] ?? '',
  )
}

describe('the README', () => {
  let dir: string
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ text: 'Sorry, no.', usage: { in: 3, out: 2 } }))
  })

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'assay-readme-'))
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  })
  afterAll(() => {
    server.close()
    rmSync(dir, { recursive: true })
  })

  it('shows a provider and an assertion that run as they stand', async () => {
    const [provider = '', assertion = ''] = blocks('ts')
    const { port } = server.address() as AddressInfo
    writeFileSync(join(dir, 'package.json'), '{"type": "module"}')
    writeFileSync(join(dir, 'my-backend.ts'), provider.replace('localhost:8000', `127.0.0.1:${port}`))
    writeFileSync(join(dir, 'no-apology.ts'), assertion)
    writeFileSync(
      join(dir, 'suite.yaml'),
      `prompts: ['Say {{word}}']
providers: [file://my-backend.ts]
tests:
  - vars: {word: hello}
    assert: [{type: javascript, value: file://no-apology.ts, config: {limit: 1}}]
  - vars: {word: bye}
    assert: [{type: javascript, value: file://no-apology.ts}]
`,
    )
    const args = [join(ROOT, 'bin/assay.mjs'), 'run', 'suite.yaml', '--json']
    const ended = await promisify(execFile)(process.execPath, args, { cwd: dir }).catch(
      (error: { code: number; stdout: string }) => error,
    )
    const summary = JSON.parse(ended.stdout) as Summary
    expect(summary.cells).toMatchObject({ planned: 2, passed: 1, failed: 1, errored: 0 })
  })

  it('explains a suite whose keys are those of the format', async () => {
    const [suite = ''] = blocks('yaml')
    const folder = join(ROOT, 'suites/sentiment')
    const file = join(folder, `readme-${process.pid}.yaml`)
    writeFileSync(file, suite)
    try {
      const args = [join(ROOT, 'bin/assay.mjs'), 'validate', file]
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: dir })
      expect(stdout).toContain('ok ')
    } finally {
      rmSync(file)
    }
  })

  it('shows settings of the engine that are those of the format', async () => {
    const settings = blocks('yaml').slice(1)
    expect(settings.length).toBeGreaterThan(2)
    for (const [i, block] of settings.entries()) {
      const file = join(ROOT, 'suites/sentiment', `readme-settings-${i}-${process.pid}.yaml`)
      const providers = block.startsWith('providers:') ? '' : 'providers: [simulated:flash]\n'
      const suite = `prompts: ['{{q}}']\n${providers}tests: [{vars: {q: a, document_id: d}, assert: [{type: is-json}]}]\n`
      writeFileSync(file, `${suite}${block}`)
      try {
        const args = [join(ROOT, 'bin/assay.mjs'), 'validate', file]
        const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: dir })
        expect(stdout).toContain('ok ')
      } finally {
        rmSync(file)
      }
    }
  })

  it('lists the commands there are, and their exit codes', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'bin/assay.mjs'), '--help'])
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map((match) => match[1])
    expect(commands.length).toBeGreaterThan(3)
    for (const command of commands) expect(README).toContain(`| \`${command} `)
  })
})
