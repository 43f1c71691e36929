import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderWatch } from '../../../scripts/watch/folders.ts'
import { lookAround } from '../../../scripts/watch/nearby.ts'
import { Saves } from '../../../scripts/watch/saves.ts'
import { WatchedFiles } from '../../../scripts/watch/watched-files.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assay-watched-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const path = (name: string): string => join(dir, name)
const digest = (text: string): string => hash('sha256', text, 'hex')

function save(name: string, text: string): string {
  writeFileSync(path(name), text)
  return path(name)
}

describe('the files that a round rests on', () => {
  it('are changed by their content, and not by being touched or replaced by the same', async () => {
    const file = save('a.txt', 'one')
    const files = new WatchedFiles()
    await files.take([file])
    utimesSync(file, 1, 1)
    save('b.txt', 'one')
    renameSync(path('b.txt'), file)
    expect(await files.changed()).toStrictEqual([])
    save('a.txt', 'two')
    expect(await files.changed()).toStrictEqual([file])
    save('a.txt', 'one')
    expect(await files.changed()).toStrictEqual([])
  })

  it('are changed by coming and going', async () => {
    const [here, there] = [save('a.txt', 'one'), path('b.txt')]
    const files = new WatchedFiles()
    await files.take([here, there])
    save('b.txt', 'two')
    rmSync(here)
    expect((await files.changed()).toSorted()).toStrictEqual([here, there])
  })

  it('count as the round has read them where they were saved meanwhile', async () => {
    const file = save('a.txt', 'as it was before')
    const files = new WatchedFiles()
    await files.take([file])
    save('a.txt', 'as it was read')
    save('a.txt', 'as it was saved after that')
    await files.takeRead(new Map([[file, digest('as it was read')]]))
    expect(await files.changed()).toStrictEqual([file])
    save('a.txt', 'as it was read')
    expect(await files.changed()).toStrictEqual([])
  })

  it('count as they are where the round knows another digest of the same, as of a text without its byte order mark', async () => {
    const file = save('a.txt', '\uFEFFmarked')
    const files = new WatchedFiles()
    await files.take([file])
    await files.takeRead(new Map([[file, digest('marked')]]))
    expect(await files.changed()).toStrictEqual([])
  })
})

describe('what lies around a suite', () => {
  it('is what it may name, without what is installed, hidden, or written by runs', () => {
    for (const folder of ['prompts/deep', 'node_modules/x', 'runs/s', '.git', 'cassette'])
      mkdirSync(path(folder), { recursive: true })
    const named = ['suite.yaml', 'prompts/deep/a.txt', 'check.ts'].map((name) => save(name, ''))
    for (const name of [
      'node_modules/x/a.ts',
      'runs/s/a.json',
      '.git/a.txt',
      '.hidden.txt',
      'cassette/a.jsonl',
      'calls.log',
      'a.txt~',
    ])
      save(name, '')
    const { files, folders } = lookAround(dir)
    expect([...files].toSorted()).toStrictEqual(named.toSorted())
    expect(folders.toSorted()).toStrictEqual([dir, path('prompts'), path('prompts/deep')])
  })

  it('is nothing where there is no folder', () => {
    expect(lookAround(path('nowhere')).files.size).toBe(0)
  })
})

describe('watched folders', () => {
  const never = new AbortController().signal

  it('tell of a file that takes the place of another, in a folder that takes the place of another', async () => {
    mkdirSync(path('prompts'))
    save('prompts/a.txt', 'one')
    const saves = new Saves()
    const folders = new FolderWatch(saves.add, (error) => {
      throw error
    })
    folders.sync([path('prompts'), dir])
    save('prompts/b.txt', 'two')
    renameSync(path('prompts/b.txt'), path('prompts/a.txt'))
    expect(await saves.next(never)).toBe(true)

    mkdirSync(path('other'))
    save('other/a.txt', 'three')
    rmSync(path('prompts'), { recursive: true })
    renameSync(path('other'), path('prompts'))
    expect(await saves.next(never)).toBe(true)
    folders.sync([path('prompts'), dir])
    save('prompts/a.txt', 'four')
    expect(await saves.next(never)).toBe(true)
    folders.close()
    saves.close()
  })

  it('that are not there are awaited in the one above', async () => {
    const saves = new Saves()
    const folders = new FolderWatch(saves.add, () => {})
    folders.sync([path('later/on')])
    mkdirSync(path('later'))
    expect(await saves.next(never)).toBe(true)
    folders.close()
    saves.close()
  })

  it('are waited for no longer once it is over', async () => {
    const saves = new Saves()
    const over = new AbortController()
    const waiting = saves.next(over.signal)
    over.abort()
    expect(await waiting).toBe(false)
    saves.close()
  })

  it('tell of many saves at once as of one', async () => {
    const saves = new Saves()
    for (let i = 0; i < 50; i++) saves.add()
    expect(await saves.next(never)).toBe(true)
    const over = new AbortController()
    const again = saves.next(over.signal)
    over.abort()
    expect(await again).toBe(false)
    saves.close()
  })
})
