import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analysisOf, cassetteOf, run, suiteOf } from './cassette-project.ts'
import { Project } from './cli.ts'

describe('run --record and --replay', () => {
  it('replays what was recorded: no call, no cost, the same verdict, the same figures each time', async () => {
    const project = new Project({ 'suite.yaml': suiteOf() })
    const recorded = await run(project, '--record')
    expect(recorded).toMatchObject({ code: 0, summary: { calls: { made: 4, replayed: 0 } } })
    expect(Object.keys(cassetteOf(project))).toEqual(['cassette/p--m.jsonl'])

    const replays = [await run(project, '--replay'), await run(project, '--replay')]
    for (const { code, summary } of replays) {
      expect(code).toBe(0)
      expect(summary).toMatchObject({ cells: { passed: 4 }, calls: { made: 0, replayed: 4 }, spentUsd: 0 })
      expect(summary.columns[0]).toMatchObject({ passRate: 1, latencyMs: { p50: null } })
    }
    const [first, second] = replays.map(({ summary }) => analysisOf(summary))
    expect(second).toEqual(first)
    expect(project.calls).toHaveLength(4)
  })

  it('replays everything when only the checks have changed', async () => {
    const project = new Project({ 'suite.yaml': suiteOf() })
    await run(project, '--record')
    project.write('suite.yaml', suiteOf({ value: 'YES' }))
    expect(await run(project, '--replay')).toMatchObject({
      code: 1,
      summary: { cells: { passed: 2, failed: 2 } },
    })
    expect(project.calls).toHaveLength(4)
  })

  it('ends with 3 where a reply is missing, and names the cell and what has changed', async () => {
    const project = new Project({ 'suite.yaml': suiteOf({ repeat: 1 }) })
    await run(project, '--record')
    project.write('suite.yaml', suiteOf({ repeat: 2, words: ['yes', 'no', 'new'] }))
    const { code, summary } = await run(project, '--replay')
    expect(code).toBe(3)
    expect(summary).toMatchObject({
      decision: 'invalid',
      cells: { passed: 2, errored: 4 },
      calls: { made: 0 },
    })
    const messages = analysisOf(summary).errors.map(({ message }) => message)
    expect(messages.join('\n')).toContain(
      'no recorded reply for p × m, case yes, repeat 1: this repeat was never recorded',
    )
    expect(messages.join('\n')).toContain('no recorded reply for p × m, case new, repeat 0: the case is new')
    const verdict = JSON.parse(readFileSync(join(summary.run.dir, 'verdict.json'), 'utf8')) as {
      reasons: string[]
    }
    expect(verdict.reasons[0]).toBe('4 cells have no recorded reply; `--record` adds them.')

    project.write('suite.yaml', suiteOf({ repeat: 1, prompt: 'Tell' }))
    const changed = await run(project, '--replay')
    expect(analysisOf(changed.summary).errors[0]?.message).toMatch(
      /: the prompt, or a var in it, has changed$/,
    )
    expect(project.calls).toHaveLength(2)
  })

  it('calls only what is missing under --record, and keeps the rest to the byte', async () => {
    const project = new Project({ 'suite.yaml': suiteOf() })
    await run(project, '--record')
    const before = cassetteOf(project)
    expect((await run(project, '--record')).summary.calls).toMatchObject({ made: 0, replayed: 4 })
    expect(cassetteOf(project)).toEqual(before)

    project.write('suite.yaml', suiteOf({ words: ['yes', 'no', 'maybe'] }))
    expect((await run(project, '--record')).summary.calls).toMatchObject({ made: 2, replayed: 4 })
    const lines = (cassetteOf(project)['cassette/p--m.jsonl'] ?? '').trimEnd().split('\n')
    const kept = (before['cassette/p--m.jsonl'] ?? '').trimEnd().split('\n')
    expect(lines).toHaveLength(6)
    expect(lines.filter((line) => kept.includes(line))).toEqual(kept)
  })

  it('drops what a whole run did not use, and only adds in a partial one', async () => {
    const project = new Project({ 'suite.yaml': suiteOf({ repeat: 1, words: ['yes', 'no', 'old'] }) })
    await run(project, '--record')
    project.write('suite.yaml', suiteOf({ repeat: 1, words: ['yes', 'new'] }))
    const count = () => (cassetteOf(project)['cassette/p--m.jsonl'] ?? '').trimEnd().split('\n').length
    await run(project, '--record', '--filter', 'new')
    expect(count()).toBe(4)
    await run(project, '--record')
    expect(count()).toBe(2)
  })

  it('gives each suite of a folder its own cassette', async () => {
    const project = new Project({
      'suite.yaml': suiteOf({ repeat: 1 }),
      'suite.hard.yaml': suiteOf({ repeat: 1, prompt: 'Spell' }),
    })
    await run(project, '--record')
    await project.assay(['run', 'suite.hard.yaml', '--record'])
    expect(Object.keys(cassetteOf(project))).toEqual(['cassette/hard/p--m.jsonl', 'cassette/p--m.jsonl'])
    expect(await run(project, '--replay')).toMatchObject({ code: 0 })
  })
})

describe('what cannot be replayed', () => {
  it('is refused before a run folder is made: no cassette, a damaged one, both options at once', async () => {
    const project = new Project({ 'suite.yaml': suiteOf() })
    const none = await project.assay(['run', 'suite.yaml', '--replay'])
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('the suite has no cassette') })
    expect(none.stderr).toContain('--record')

    const both = await project.assay(['run', 'suite.yaml', '--replay', '--record'])
    expect(both).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--replay.*--record|--record.*--replay/s),
    })

    project.write('cassette/p--m.jsonl', '<<<<<<< HEAD\n')
    for (const option of ['--replay', '--record']) {
      const damaged = await project.assay(['run', 'suite.yaml', option])
      expect(damaged.code).toBe(2)
      expect(damaged.stderr).toMatch(/cassette[\\/]p--m\.jsonl:1: the cassette is damaged/)
    }
    expect(project.calls).toEqual([])
    expect(project.runs).toEqual([])
  })
})
