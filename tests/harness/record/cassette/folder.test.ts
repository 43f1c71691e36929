import { describe, expect, it } from 'vitest'
import { cassetteDir, columnFile, GRADERS_FILE } from '../../../../harness/record/cassette/folder.ts'

describe('cassetteDir', () => {
  it('gives every suite of a folder a place of its own', () => {
    const dirs = ['suite.yaml', 'suite.hard.yaml', 'hard.yaml', 'promptfooconfig.yaml', 'hard.json'].map(
      (name) => cassetteDir(`/s/x/${name}`),
    )
    expect(dirs).toEqual([
      '/s/x/cassette',
      '/s/x/cassette/hard',
      '/s/x/cassette/hard.yaml',
      '/s/x/cassette/promptfooconfig.yaml',
      '/s/x/cassette/hard.json',
    ])
  })
})

describe('columnFile', () => {
  it('is called as the column is, where a file can be', () => {
    expect(columnFile('few-shot', 'sonnet')).toBe('few-shot--sonnet.jsonl')
    expect(columnFile('prompt-1', 'gpt-4.1')).toBe('prompt-1--gpt-4.1.jsonl')
  })

  it('is plain for names that no file can have, and leaves the folder in no case', () => {
    for (const name of [
      'prompts/few-shot.txt',
      '../../etc/passwd',
      'Übung 1',
      '.',
      '',
      'a'.repeat(500),
      'x\0y',
      'CON:',
    ])
      expect(columnFile(name, 'file://p.ts')).toMatch(/^[a-z0-9][a-z0-9._-]{1,150}-[0-9a-f]{8}\.jsonl$/)
  })

  it('never gives two columns the same file, however alike their names are', () => {
    const columns = [
      ['a', 'b'],
      ['A', 'b'],
      ['a', 'B'],
      ['a-', 'b'],
      ['a', '-b'],
      ['a--b', 'c'],
      ['a', 'b--c'],
      ['a/b', 'c'],
      ['a b', 'c'],
      ['a-b', 'c'],
      ['graders', ''],
    ] as const
    const names = columns.map(([prompt, provider]) => columnFile(prompt, provider))
    expect(new Set([...names, GRADERS_FILE]).size).toBe(columns.length + 1)
  })
})
