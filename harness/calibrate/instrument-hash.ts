import { hash } from 'node:crypto'
import { contentOf } from '../execute/graders.ts'
import type { Instrument } from '../model/custom-check.ts'
import type { SourceLocation } from '../model/source.ts'
import type { Suite } from '../model/suite.ts'
import { canonicalJson } from '../suite/cases/identity.ts'
import { graderSpecs, isProvider } from '../verify/graders/graders.ts'

/**
 * sha256, in hex, of what a judge is: its models (file or id, and config as written) and what its check says of rubric, prompt and panel.
 * @param at where the suite has the check
 * @throws HarnessError `suite` where a model's file cannot be read
 */
export async function instrumentHash(
  { graders, identity }: Pick<Instrument, 'graders' | 'identity'>,
  suite: Suite,
  at: SourceLocation,
): Promise<string> {
  const contents: string[] = []
  for (const written of graders) {
    // Of one that code makes nothing is known but its id.
    if (isProvider(written)) contents.push(written.id())
    for (const spec of graderSpecs(written, suite, at)) contents.push(await contentOf(spec))
  }
  return hash('sha256', canonicalJson([contents, identity]), 'hex')
}

/** What reports call its models: label, else id. */
export function graderNames(
  { graders }: Pick<Instrument, 'graders'>,
  suite: Suite,
  at: SourceLocation,
): string[] {
  return graders.flatMap((written) =>
    isProvider(written) ? [written.id()] : graderSpecs(written, suite, at).map(({ key }) => key),
  )
}
