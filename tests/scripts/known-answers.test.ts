import { execFile } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { mismatches } from '../../scripts/known-answers/check-answers.ts'
import { parseAnswers } from '../../scripts/known-answers/parse-answers.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')
const REFERENCE = path.join(ROOT, 'tests', 'harness', 'stats', 'known_answers.json')

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function knownAnswers(...args: string[]): Promise<Outcome> {
  const script = path.join(ROOT, 'scripts', 'known-answers.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

async function fileOf(text: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'known-answers-')), 'answers.json')
  await writeFile(file, text)
  return file
}

const entry = { id: 'one', method: 'normal_cdf', inputs: { x: 0 }, expected: 0.5, tolerance: 1e-12 }
const file = (...entries: object[]): Promise<string> => fileOf(JSON.stringify({ entries }))

describe('the reference values', () => {
  it('all come out', async () => {
    const answers = parseAnswers(await readFile(REFERENCE, 'utf8'))
    expect(answers.length).toBe(99)
    expect(mismatches(answers)).toEqual([])
  })

  it('each fail when anything expected is another', async () => {
    const answers = parseAnswers(await readFile(REFERENCE, 'utf8'))
    const broken = answers.map(({ id, method, inputs, expected, tolerance }) => {
      return { id, method, inputs, expected: spoilt(expected), tolerance }
    })
    expect(mismatches(broken).length).toBe(99)
  })
})

/** The same with its last leaf changed. */
function spoilt(value: unknown): unknown {
  if (typeof value === 'number') return value + 0.001 + Math.abs(value) / 100
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return [...value.slice(0, -1), spoilt(value.at(-1))]
  const fields = Object.entries(value as object)
  return Object.fromEntries(
    fields.map(([key, field], i) => [key, i === fields.length - 1 ? spoilt(field) : field]),
  )
}

describe('known-answers FILE', () => {
  it('prints how many passed, and exits 0', async () => {
    expect(await knownAnswers(REFERENCE)).toEqual({ code: 0, stdout: '99 passed, 0 failed\n', stderr: '' })
  })

  it('prints what failed, and exits 1', async () => {
    const bad = { ...entry, id: 'two', expected: 0.6 }
    const { code, stdout } = await knownAnswers(await file(entry, bad))
    expect(code).toBe(1)
    expect(stdout).toBe('two: expected 0.6, got 0.5, tolerance 1e-12\n1 passed, 1 failed\n')
  })

  it('counts a method that refuses its inputs as failed', async () => {
    const refused = { ...entry, method: 'normal_quantile', inputs: { p: 2 } }
    const { code, stdout } = await knownAnswers(await file(refused))
    expect(code).toBe(1)
    expect(stdout).toContain('p must lie in [0, 1], got 2')
  })

  it('does not take NaN, a list of another length or a missing field for an answer', () => {
    const wilson = {
      id: 'w',
      method: 'wilson',
      inputs: { successes: 0, n: 20, confidence: 0.95 },
      tolerance: 1,
    }
    const shapes = [[0], [0, 0.2, 0.2], { lo: 0 }, 'none', null]
    expect(mismatches(shapes.map((expected) => ({ ...wilson, expected }))).length).toBe(shapes.length)
  })

  it.each<[string, () => Promise<string>, RegExp]>([
    ['an unknown method', () => file({ ...entry, method: 'astrology' }), /one: unknown method "astrology"/],
    [
      'inputs of another method',
      () => file({ ...entry, inputs: { p: 1 } }),
      /one: inputs\.x: .*expected number/,
    ],
    ['a file without entries', () => fileOf('{"entries": []}'), /not a file of known answers: entries/],
    ['an entry without a tolerance', () => file({ ...entry, tolerance: undefined }), /entries\.0\.tolerance/],
    [
      'an entry without an expectation',
      () => file({ ...entry, expected: undefined }),
      /entries\.0\.expected/,
    ],
    ['what is not JSON', () => fileOf('{'), /not JSON/],
    ['a file that is not there', () => Promise.resolve('/nowhere/at/all.json'), /ENOENT/],
  ])('exits 2 for %s, and says so', async (_, make, message) => {
    const { code, stdout, stderr } = await knownAnswers(await make())
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(message)
  })

  it('exits 2 without a file, with the usage', async () => {
    expect(await knownAnswers()).toEqual({ code: 2, stdout: '', stderr: 'usage: known-answers FILE\n' })
  })
})
