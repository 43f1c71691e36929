import type { Builtin } from '../model/builtin.ts'
import type { SourceLocation } from '../model/source.ts'
import type { Templates, Warning } from '../model/suite.ts'
import type { Redactor } from '../record/redact.ts'
import { resolveInside } from './config/paths.ts'
import type { Env } from './env-flag.ts'
import type { FileLedger } from './file-ledger.ts'

/** What every part of the reader needs while a suite is read. */
export interface Reading {
  /** The suite file, absolute. */
  readonly file: string
  readonly dir: string
  /** The suite's folder as the user named it: promptfoo's labels begin with it. */
  readonly namedDir: string
  readonly root: string
  readonly allowOutside: boolean
  /** The process environment, overridden by the suite's `env:`. */
  readonly env: Env
  /** The providers that come with assay; without them every id is promptfoo's. */
  readonly builtin?: Builtin | undefined
  readonly ledger: FileLedger
  readonly templates: Templates
  /** Takes out of a text what the record leaves out. */
  readonly redact?: Redactor | undefined
  /** Tells of something odd, once: a message that was told already is dropped. */
  readonly warn: Warn
}

export type Warn = (message: string, at?: SourceLocation) => void

/** Collects warnings, each message once. */
export function warningCollector(): { warn: Warn; warnings: Warning[] } {
  const warnings: Warning[] = []
  const told = new Set<string>()
  return {
    warnings,
    warn(message, at) {
      if (told.has(message)) return
      told.add(message)
      warnings.push({ message, at })
    },
  }
}

/** Absolute path of the existing file that `ref` names, from the suite's folder unless another is given. */
export function resolveFile(reading: Reading, ref: string, at?: SourceLocation, dir = reading.dir): string {
  return resolveInside(reading.root, dir, ref, at, reading.allowOutside)
}
