import type { SourceLocation } from '../model/source.ts'
import type { Suite, Templates } from '../model/suite.ts'
import type { FileValues } from './prepare/file-value.ts'
import type { Graders } from './graders/graders.ts'
import type { Judges } from './judges.ts'
import type { Matcher } from './regex/matcher.ts'
import type { Schemas } from './prepare/schema-value.ts'
import type { Transforms } from './prepare/transforms.ts'

/** What all checks of an opened verifier share. */
export interface Tools {
  readonly suite: Suite
  readonly templates: Templates
  readonly files: FileValues
  readonly schemas: Schemas
  readonly graders: Graders
  readonly judges: Judges
  readonly matcher: Matcher
  readonly transforms: Transforms
  /** Names the user's code to whoever watches for code that blocks the thread; call the result when it returned. */
  readonly enter: (name: string) => () => void
}

/** Where a check is written: what its mistakes are reported with. */
export interface CheckPlace {
  readonly at: SourceLocation
  /** True when its texts are data, never templates. */
  readonly literal: boolean
}
