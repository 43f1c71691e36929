import { describe, expect, it } from 'vitest'
import type { StormCounts } from '../../scripts/bench/fixtures.ts'
import { writeStormySuite } from '../../scripts/bench/fixtures.ts'
import { Project } from '../e2e/cli.ts'
import { passed } from './suite.ts'

const CELLS = 10_000

describe('10,000 cells of which three in ten fail at first', () => {
  it('are all answered, each once, and every try is on record', async () => {
    const project = new Project()
    await writeStormySuite(project.dir, CELLS, 5)
    const ended = await project.assay(['run', 'suite.yaml', '--json', '--concurrency', '50'])
    expect(passed(ended)).toMatchObject({ cells: { planned: CELLS, passed: CELLS, errored: 0, absent: 0 } })

    const { calls, answered, twice } = JSON.parse(project.read('counts.json')) as StormCounts
    expect({ answered, twice }).toEqual({ answered: CELLS, twice: 0 })
    const trials = project.trials()
    expect(new Set(trials.map(({ cell }) => cell.id)).size).toBe(CELLS)
    expect(trials).toHaveLength(CELLS)
    expect(trials.reduce((sum, { attempts }) => sum + attempts.length, 0)).toBe(calls)
    expect(project.journal().filter(({ kind }) => kind === 'call')).toHaveLength(calls)
  })
})
