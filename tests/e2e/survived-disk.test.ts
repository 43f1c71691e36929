import { describe, expect, it } from 'vitest'
import { Project } from './cli.ts'

const ROWS = 60

/** Every reply is about 10 kB. */
const PROVIDER = `import { appendFileSync } from 'node:fs'
export default class Long {
  id(): string { return 'long' }
  async callApi(prompt: string): Promise<object> {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    await new Promise((resolve) => setTimeout(resolve, 20))
    return { output: prompt + 'x'.repeat(10_000) }
  }
}
`

describe('a disk that fills', () => {
  it('stops the run and says so; what was acknowledged stays, whole, and is checked without another call', async () => {
    const project = new Project({
      'provider.ts': PROVIDER,
      'suite.yaml': 'prompts: ["{{n}}"]\nproviders: [file://provider.ts]\ntests: file://cases.csv\n',
      'cases.csv': `n,__expected\n${Array.from({ length: ROWS }, (_, n) => `c${n},contains:x\n`).join('')}`,
    })
    // No file grows over 400 × 512 bytes: the journal needs more than that.
    const ended = await project.assay(['run', 'suite.yaml', '--concurrency', '2'], { fileLimit: 400 })

    expect(ended).toMatchObject({ code: 3, stdout: '' })
    expect(ended.stderr).toContain('error: the run stopped, its record cannot be written')
    expect(ended.stderr).toContain('the file may not grow any further')
    expect(ended.stderr).toContain('hint: what was recorded is kept; make room')

    const [run = ''] = project.runs
    const answered = project.journal(run).filter(({ kind }) => kind === 'call').length
    const called = project.calls.length
    expect(answered).toBeGreaterThan(5)
    // All but those in flight, and on their way to the disk: more of them on a busy machine.
    expect(called - answered).toBeLessThanOrEqual(30)
    expect(called).toBeLessThan(ROWS)

    const verified = await project.assay(['verify', run, '--json'])
    expect(JSON.parse(verified.stdout)).toMatchObject({
      cells: { finished: answered, passed: answered },
      calls: { made: 0, replayed: answered },
    })
    expect(verified.stderr).toContain(`warning: ${ROWS - answered} cells of that run have no reply on record`)
    expect(project.calls).toHaveLength(called)
  })
})
