import { appendFileSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Call } from '../../../../harness/model/trial.ts'
import { ReplyCache } from '../../../../harness/record/cassette/reply-cache.ts'
import { makeRequest } from '../../execute/make-request.ts'
import { providerOf } from '../../execute/world.ts'
import { keyNamed, makeCall, tempDir, writeJournal } from './make-journal.ts'

const HOUR = 3_600_000

/** A folder of runs and a cache beside it, on a clock that is set. */
class World {
  readonly dir = tempDir()
  readonly warnings: string[] = []
  nowMs = Date.parse('2026-03-01T12:00:00Z')

  open(over: { cacheDir?: string; ttlHours?: number; suiteFile?: string } = {}): ReplyCache {
    return new ReplyCache({
      cacheDir: join(this.dir, 'cache'),
      suiteFile: '/s/suite.yaml',
      wallClock: () => new Date(this.nowMs),
      onWarning: (message) => this.warnings.push(message),
      ...over,
    })
  }

  /** A run whose calls are all remembered. Returns its journal. */
  record(run: string, calls: readonly Call[], cache = this.open()): string {
    const dir = join(this.dir, 'runs', run)
    mkdirSync(dir, { recursive: true })
    const journal = writeJournal(dir, calls)
    let start = 0
    for (const call of calls) {
      const bytes = Buffer.byteLength(JSON.stringify(call))
      cache.remember(call, makeRequest(), { journal, start, bytes })
      start += bytes + 1
    }
    cache.close()
    return journal
  }

  /** What the cache has for a key, opened anew. */
  find(key: string, cellId = 'a', over?: Parameters<World['open']>[0]): unknown {
    const cache = this.open(over)
    const found = cache.find(keyNamed(key), makeRequest({ cellId }))
    cache.close()
    return found?.reply.output
  }

  get index(): string {
    const [file = ''] = globSync(join(this.dir, 'cache', 'replies', '*.index'))
    return file
  }
}

describe('ReplyCache', () => {
  it('finds a reply in the journal of an earlier run, with what it took then', () => {
    const world = new World()
    world.record('r1', [makeCall('other', 'k0'), makeCall('a', 'k')])
    const cache = world.open()
    const { reply, timing, usage, costUsd } = makeCall('a', 'k').result
    expect(cache.find(keyNamed('k'), makeRequest({ cellId: 'a' }))).toEqual({ reply, timing, usage, costUsd })
    expect(cache.find(keyNamed('none'), makeRequest())).toBeUndefined()
    cache.close()
  })

  it('does not answer the run that goes on with its own replies', () => {
    const world = new World()
    const cache = world.open()
    expect(cache.isEmpty).toBe(true)
    world.record('r1', [makeCall('a', 'k')], cache)
    expect(cache.find(keyNamed('k'), makeRequest())).toBeUndefined()
  })

  it('gives each cell its own reply where several asked the same, else the youngest', () => {
    const world = new World()
    world.record('r1', [makeCall('a', 'k'), makeCall('b', 'k'), makeCall('c', 'k')])
    expect([world.find('k', 'a'), world.find('k', 'b'), world.find('k', 'new')]).toEqual([
      'reply to a',
      'reply to b',
      'reply to c',
    ])
  })

  it('keeps no failure, no reply out of a provider’s own cache, none that was replayed, none without a key', () => {
    const world = new World()
    const call = makeCall('a', 'k')
    const { reply, ...rest } = call.result
    const { key, ...keyless } = call
    expect([reply, key]).not.toContain(undefined)
    world.record('r1', [
      { ...call, result: { ...rest, failure: { kind: 'timeout', message: 'late' } } },
      { ...call, result: { ...call.result, reply: { output: 'o', cached: true } } },
      { ...call, replayed: true },
      keyless,
    ])
    expect(world.index).toBe('')
    expect(world.find('k')).toBeUndefined()
  })

  it('leaves providers alone that opt out, calls that are to be timed, and those that are to be fresh', () => {
    const world = new World()
    const cache = world.open()
    const optedOut = makeRequest({ provider: providerOf(undefined, { cacheable: false }) })
    cache.remember(makeCall('a', 'k'), optedOut, { journal: '/j', start: 0, bytes: 1 })
    expect(cache.serves(makeRequest())).toBe(true)
    expect(cache.serves(optedOut)).toBe(false)
    expect(cache.serves(makeRequest({ timed: true }))).toBe(false)
    expect(cache.serves(makeRequest({ fresh: true }))).toBe(false)
    cache.close()
    expect(world.index).toBe('')
  })

  it('forgets a reply after a day, or after the hours that are set', () => {
    const world = new World()
    world.record('r1', [makeCall('a', 'k')])
    world.nowMs += 24 * HOUR - 1
    expect(world.find('k')).toBe('reply to a')
    expect(world.find('k', 'a', { ttlHours: 1 })).toBeUndefined()
    world.nowMs += 1
    expect(world.find('k')).toBeUndefined()
    expect(world.find('k', 'a', { ttlHours: 48 })).toBe('reply to a')
  })

  it('does not trust a reply from the future, as after the clock was set back', () => {
    const world = new World()
    world.record('r1', [makeCall('a', 'k')])
    world.nowMs -= 1
    expect(world.find('k')).toBeUndefined()
  })

  it('misses where the run folder is gone, the journal has changed, or another call stands in the place', () => {
    const world = new World()
    const journals = ['r1', 'r2', 'r3', 'r4'].map((run) => world.record(run, [makeCall(run, run)]))
    const [gone = '', cut = '', moved = '', swapped = ''] = journals
    rmSync(join(gone, '..'), { recursive: true })
    writeFileSync(cut, readFileSync(cut, 'utf8').slice(0, 100))
    writeFileSync(moved, `{"v":1}\n${readFileSync(moved, 'utf8')}`)
    writeFileSync(swapped, readFileSync(swapped, 'utf8').replace(keyNamed('r4'), keyNamed('r5')))
    expect(['r1', 'r2', 'r3', 'r4'].map((key) => world.find(key))).toEqual(Array(4).fill(undefined))
  })

  it('is not shared between suites', () => {
    const world = new World()
    world.record('r1', [makeCall('a', 'k')])
    expect(world.find('k', 'a', { suiteFile: '/s/suite.hard.yaml' })).toBeUndefined()
  })

  it('survives an index that holds garbage, or was cut off in the middle of a line', () => {
    const world = new World()
    world.record('r1', [makeCall('a', 'k')])
    const [line = ''] = readFileSync(world.index, 'utf8').split('\n').slice(-2)
    appendFileSync(
      world.index,
      `garbage\n\0\0\0\nrun 00000000 "unclosed\nrun zz\n${'f'.repeat(64)} x\n${line.slice(0, -5)}`,
    )
    expect(world.find('k')).toBe('reply to a')
    world.record('r2', [makeCall('b', 'k2')])
    expect(world.find('k')).toBe('reply to a')
    expect(world.find('k2')).toBe('reply to b')
  })

  it('takes entries of two processes that write at once', () => {
    const world = new World()
    const caches = [world.open(), world.open()]
    const many = (run: string) =>
      Array.from({ length: 200 }, (_, i) => makeCall(`${run}-${i}`, `${run}-${i}`))
    caches.forEach((cache, i) => world.record(`r${i}`, many(`r${i}`), cache))
    expect([world.find('r0-0'), world.find('r0-199'), world.find('r1-0'), world.find('r1-199')]).toEqual([
      'reply to r0-0',
      'reply to r0-199',
      'reply to r1-0',
      'reply to r1-199',
    ])
  })

  it('copes with folders whose names are not plain', () => {
    const world = new World()
    world.record('r "1" Ü\n', [makeCall('a', 'k')])
    expect(world.find('k')).toBe('reply to a')
  })

  it('is written anew once most of it is of no use', () => {
    const world = new World()
    const calls = Array.from({ length: 3000 }, (_, i) => makeCall('a', `k${i}`))
    const gone = world.record('gone', calls)
    world.record('kept', [makeCall('a', 'k')])
    rmSync(gone)
    const before = statSync(world.index).size
    expect(world.find('k')).toBe('reply to a')
    expect(statSync(world.index).size).toBeLessThan(before / 100)
    expect(world.find('k')).toBe('reply to a')
  })

  it('says once that it cannot be written, and goes on', () => {
    const world = new World()
    writeFileSync(join(world.dir, 'file'), '')
    const cache = world.open({ cacheDir: join(world.dir, 'file') })
    const calls = Array.from({ length: 200 }, (_, i) => makeCall('a', `k${i}`))
    world.record('r1', calls, cache)
    expect(world.warnings).toEqual([expect.stringContaining('the cache of replies cannot be written')])
  })
})
