import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { calibrationFile } from '../calibrate/calibration-file.ts'
import { judgeName } from '../calibrate/judges.ts'
import { gateOf } from '../gate/settings.ts'
import type { Assertion, Check } from '../model/assertion.ts'
import type { Case, TestOptions } from '../model/case.ts'
import type { AssaySettings } from '../model/suite.ts'
import { isInside } from '../suite/config/paths.ts'
import { moduleFiles } from '../suite/module-files.ts'
import type { CodePlace } from '../suite/user-code.ts'
import { isCodeFile, parseCodeReference } from '../suite/user-code.ts'
import { baseType } from './assertion-kind.ts'

const NO_OPTIONS: TestOptions = {}

/**
 * sha256, in hex, of what decides a case's verdict: its checks, threshold, transforms, and the files they name, with what those import
 * from the project by a relative path.
 */
export type ChecksHash = (testCase: Case) => string

interface ChecksPlace extends CodePlace {
  readonly assay?: AssaySettings | undefined
}

export function createChecksHash({ dir, root, assay = {} }: ChecksPlace): ChecksHash {
  const ofCases = new WeakMap<Case, string>()
  const ofAssertions = new WeakMap<object, string>()
  const ofFiles = new Map<string, string>()

  function ofCheck({ assertion, literal }: Check): string {
    // The same assertion may stand in the suite and in a data file; literal or not, it is then another check.
    if (literal) return `literal ${canonical(assertion)}`
    let text = ofAssertions.get(assertion)
    if (text === undefined) {
      text = canonical(assertion) + judging(assertion)
      ofAssertions.set(assertion, text)
    }
    return text
  }

  function canonical(value: unknown): string {
    return JSON.stringify(value, (_key, inner: unknown) => {
      if (typeof inner === 'function') return `function ${String(inner)}`
      if (typeof inner === 'string') return namesFile(inner) ? `${inner} ${fileHash(inner)}` : inner
      if (!isMap(inner)) return inner
      // A provider object, which may hold anything.
      return typeof inner['id'] === 'function' ? String((inner as { id: () => unknown }).id()) : sorted(inner)
    })
  }

  /** A judge counts, or is only shown, by its calibration. */
  function judging({ type, value, metric }: Assertion): string {
    if (baseType(type) !== 'javascript' || typeof value !== 'string' || !value.startsWith('file://'))
      return ''
    const file = calibrationFile(dir, judgeName({ type, value, metric }))
    const { uncalibratedJudges, judgeAgreement } = gateOf(assay) ?? {}
    const found = existsSync(file) ? ` calibrated ${fileHash(file)} ${judgeAgreement ?? ''}` : ''
    return uncalibratedJudges === true ? `${found} uncalibrated judges count` : found
  }

  function namesFile(text: string): boolean {
    return text.startsWith('file://') || (PATH.test(text) && existsSync(resolve(dir, text)))
  }

  function fileHash(ref: string): string {
    const path = resolve(dir, parseCodeReference(ref).path)
    let digest = ofFiles.get(path)
    if (digest === undefined) {
      try {
        digest = isCodeFile(path) ? moduleHash(path) : hash('sha256', readFileSync(path), 'hex')
      } catch {
        digest = 'unreadable'
      }
      ofFiles.set(path, digest)
    }
    return digest
  }

  function moduleHash(path: string): string {
    const isOurs = (file: string): boolean => isInside(root, file) && !/[/\\]node_modules[/\\]/.test(file)
    const texts = [...moduleFiles(path, isOurs)]
    const [entry] = texts
    if (entry === undefined || texts.length === 1) return hash('sha256', readFileSync(path), 'hex')
    const named = texts.map(([file, text]) => [relative(path, file), text] as const)
    return hash('sha256', JSON.stringify(named.toSorted(([a], [b]) => (a < b ? -1 : 1))), 'hex')
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

/** Files that a check's config may name by their path from the suite: schemas, rubrics. A file that is not there is a text like any other. */
const PATH = /^[^\n]{1,1000}\.(?:json|ya?ml|txt|md|csv|[cm]?[jt]s)$/

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}
