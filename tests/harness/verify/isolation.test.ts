import { execFile } from 'node:child_process'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const VERIFY = new URL('../../../harness/verify/', import.meta.url).href
const SUPPORT = new URL('./support.ts', import.meta.url).href

/** Every way out of the process is a trap; what was tried is printed last. */
const SCRIPT = `
import dns from 'node:dns'
import net from 'node:net'
const tried = []
const trap = (owner, name) => { owner[name] = (...args) => { tried.push([name, ...args.map(String)]); throw new Error('no network') } }
for (const name of ['lookup', 'resolve', 'resolve4']) trap(dns, name)
trap(net.Socket.prototype, 'connect')
const { openVerifier } = await import('${VERIFY}open-verifier.ts')
const { caseOf, folderOf, provider, suiteIn, verifyReply } = await import('${SUPPORT}')
const grader = { id: () => 'g', callApi: async () => ({ output: '{"pass": true, "score": 1, "reason": "r"}' }), callModerationApi: async () => ({ flags: [] }) }
const verifier = await openVerifier(suiteIn(await folderOf()), { cacheDir: process.argv[1], env: {} })
const testCase = caseOf(
  ['contains', 'is-sql', 'meteor', 'llm-rubric', 'factuality', 'moderation', 'javascript'].map((type) => ({ type, value: type === 'moderation' ? undefined : 'true' })),
  { options: { provider: grader } },
)
await verifier.prepare(testCase)
const importedByPrepare = 'PROMPTFOO_CONFIG_DIR' in process.env
await verifier.warmUp()
const { checks } = await verifyReply(verifier, testCase, { output: 'true' })
await verifier.close()
process.stderr.write('\\n' + JSON.stringify({ tried, importedByPrepare, checks: checks.length, logLevel: process.env.LOG_LEVEL }))
`

describe('promptfoo inside assay', () => {
  it('asks no network, writes nothing at home, prints nothing on stdout, and is not imported to prepare', async () => {
    const [home, cacheDir, cwd] = await Promise.all(
      ['home', 'cache', 'cwd'].map((name) => mkdtemp(join(tmpdir(), `assay-${name}-`))),
    )
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', SCRIPT, cacheDir ?? ''],
      { cwd, env: { PATH: process.env['PATH'], HOME: home, LOG_LEVEL: 'info' } },
    )
    expect(stdout).toBe('')
    expect(JSON.parse(stderr.split('\n').at(-1) ?? '')).toEqual({
      tried: [],
      importedByPrepare: false,
      checks: 7,
      logLevel: 'info',
    })
    expect(await readdir(home ?? '')).toEqual([])
    expect(await readdir(cwd ?? '')).toEqual([])
  })
})
