import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Check } from '../model/assertion.ts'
import type { Case, TestOptions } from '../model/case.ts'
import { parseCodeReference } from '../suite/user-code.ts'

const NO_OPTIONS: TestOptions = {}

/** sha256, in hex, of what decides a case's verdict: its checks, threshold, transforms, and the files they name. */
export type ChecksHash = (testCase: Case) => string

/** @param dir what a `file://` starts from */
export function createChecksHash(dir: string): ChecksHash {
  const ofCases = new WeakMap<Case, string>()
  const ofAssertions = new WeakMap<object, string>()
  const ofFiles = new Map<string, string>()

  function ofCheck({ assertion, literal }: Check): string {
    // The same assertion may stand in the suite and in a data file; literal or not, it is then another check.
    if (literal) return `literal ${canonical(assertion)}`
    let text = ofAssertions.get(assertion)
    if (text === undefined) {
      text = canonical(assertion)
      ofAssertions.set(assertion, text)
    }
    return text
  }

  function canonical(value: unknown): string {
    return JSON.stringify(value, (_key, inner: unknown) => {
      if (typeof inner === 'function') return `function ${String(inner)}`
      if (typeof inner === 'string')
        return inner.startsWith('file://') ? `${inner} ${fileHash(inner)}` : inner
      if (!isMap(inner)) return inner
      // A provider object, which may hold anything.
      return typeof inner['id'] === 'function' ? String((inner as { id: () => unknown }).id()) : sorted(inner)
    })
  }

  function fileHash(ref: string): string {
    const path = resolve(dir, parseCodeReference(ref).path)
    let digest = ofFiles.get(path)
    if (digest === undefined) {
      try {
        digest = hash('sha256', readFileSync(path), 'hex')
      } catch {
        digest = 'unreadable'
      }
      ofFiles.set(path, digest)
    }
    return digest
  }

  return (testCase) => {
    let digest = ofCases.get(testCase)
    if (digest === undefined) {
      const { threshold, assertScoringFunction, options } = testCase.test
      const { transform, postprocess, provider, rubricPrompt } = options ?? NO_OPTIONS
      const rest = [threshold, assertScoringFunction, transform, postprocess, provider, rubricPrompt]
      digest = hash('sha256', `${testCase.checks.map(ofCheck).join('\n')}\n${canonical(rest)}`, 'hex')
      ofCases.set(testCase, digest)
    }
    return digest
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}
