import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RehearsedCell } from '../../scripts/rehearse/tally.ts'
import { tally } from '../../scripts/rehearse/tally.ts'

type SeenCall = Parameters<typeof tally>[0][number]

const PROVIDERS = ['nova', 'haiku']

function cellsOf(prompts: readonly string[], repeats: number): RehearsedCell[] {
  return prompts.flatMap((prompt) =>
    PROVIDERS.flatMap((provider) =>
      Array.from({ length: repeats }, (_, repeat) => ({
        id: `${prompt} ${repeat}`,
        provider,
        prompt,
        isErrored: false,
      })),
    ),
  )
}

function call(model: string, prompt: string, replied = true): SeenCall {
  return { model, promptHash: hash('sha256', prompt), replied }
}

/** One reply for each cell; a provider's model has another name. */
function callsFor(cells: readonly RehearsedCell[]): SeenCall[] {
  return cells.map(({ provider, prompt }) => call(`amazon.${provider}`, prompt))
}

describe('the tally of a rehearsal', () => {
  const cells = cellsOf(['a', 'b'], 3)
  const rehearsed = { planned: 12, cells }

  it('finds nothing amiss where each cell has one reply, whatever failed before it', () => {
    const calls = [call('amazon.nova', 'a', false), ...callsFor(cells), call('amazon.haiku', 'b', false)]
    expect(tally(calls, rehearsed)).toEqual({
      calls: 14,
      replies: 12,
      faults: 2,
      lost: 0,
      twice: 0,
      errored: 0,
    })
  })

  it('counts a reply too many, also where another cell got none', () => {
    const calls = callsFor(cells)
    expect(tally([...calls, call('amazon.nova', 'a')], rehearsed)).toMatchObject({ twice: 1 })
    const other = calls.with(0, call('amazon.haiku', 'a'))
    expect(tally(other, rehearsed)).toMatchObject({ replies: 12, twice: 1 })
  })

  it('counts a reply to a prompt that no cell has', () => {
    expect(tally([...callsFor(cells), call('amazon.nova', 'z')], rehearsed)).toMatchObject({ twice: 1 })
  })

  it('counts cells that were planned and have no trial, once each', () => {
    const few = cells.slice(0, 10)
    expect(tally(callsFor(few), { planned: 12, cells: [...few, few[0]!] })).toMatchObject({ lost: 2 })
  })

  it('counts a cell with a score to which no whole reply was given', () => {
    const calls = callsFor(cells)
    const cut = calls.with(0, { ...calls[0]!, replied: false })
    expect(tally(cut, rehearsed)).toMatchObject({ lost: 1, twice: 0 })
    const errored = { planned: 12, cells: cells.with(0, { ...cells[0]!, isErrored: true }) }
    expect(tally(cut, errored)).toMatchObject({ lost: 0, errored: 1 })
  })

  it('counts cells without a score', () => {
    const broken = cells.with(3, { ...cells[3]!, isErrored: true })
    expect(tally(callsFor(cells), { planned: 12, cells: broken })).toMatchObject({ errored: 1, lost: 0 })
  })
})
