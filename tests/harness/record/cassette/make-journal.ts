import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Call, JournalLine, Trial } from '../../../../harness/model/trial.ts'
import { makeCall as anyCall, makeTrial as anyTrial } from '../make-lines.ts'

const dirs: string[] = []
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'assay-cassette-'))
  dirs.push(dir)
  return dir
}

/** 64 hex digits: a key that no request has. */
export function keyNamed(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(64, '0')
}

export function makeCall(cellId: string, key: string, parts: Partial<Call> = {}): Call {
  return { ...anyCall(cellId, `reply to ${cellId}`), key: keyNamed(key), ...parts }
}

export function makeTrial(caseId: string, cell: Partial<Trial['cell']> = {}): Trial {
  const trial = anyTrial(caseId)
  return { ...trial, cell: { ...trial.cell, ...cell } }
}

/** Writes a journal, and returns its path. */
export function writeJournal(dir: string, lines: readonly JournalLine[], name = 'trials.jsonl'): string {
  const file = join(dir, name)
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}
