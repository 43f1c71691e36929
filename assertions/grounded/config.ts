import { z } from 'zod'
import { ConfigError, messageOf } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { stepsOf } from './answers.ts'
import type { Thresholds } from './best-support.ts'

const text = z.string().min(1)
const share = z.number().min(0).max(1)

const schema = z.strictObject({
  context: z.unknown().optional(),
  answer: z.union([text, z.array(text).min(1)]).optional(),
  citationPath: text.optional(),
  citations: z.enum(['required', 'optional', 'none']).default('optional'),
  threshold: share.default(1),
  overlap: share.default(0.55),
  judge: z.unknown().optional(),
  band: z.tuple([share, share]).default([0.3, 0.8]),
})

export interface GroundedConfig {
  readonly context: unknown
  /** Paths of a JSON reply; none: all of the reply is the answer. */
  readonly answer: readonly string[]
  readonly citationPath: string | undefined
  readonly citations: 'required' | 'optional' | 'none'
  readonly threshold: number
  /** From this share of words, by weight, a passage supports a claim it has no problem with. With a judge, the band's upper end. */
  readonly overlap: number
  /** A provider as the suite writes it. */
  readonly judge: unknown
  /** From this share on the judge is asked; `overlap` where there is none. */
  readonly unsure: number
  /** The same for what a citation names, of which the judge is never asked. */
  readonly cited: Thresholds
}

/** @throws ConfigError for the first mistake */
export function readConfig(config: object): GroundedConfig {
  const { answer = [], band, judge, citationPath, ...read } = readStrictly(schema, config, 'grounded')
  if (read.context === undefined || read.context === null)
    throw new ConfigError('grounded: config needs `context`', [], false, "context: '{{context}}'")
  const paths = typeof answer === 'string' ? [answer] : answer
  for (const [index, path] of paths.entries())
    check(path, typeof answer === 'string' ? ['answer'] : ['answer', index])
  if (citationPath !== undefined) check(citationPath, ['citationPath'])
  if (citationPath !== undefined && paths.length === 0)
    throw new ConfigError('grounded: config.citationPath needs `answer`: the paths of the answers', [], false)
  if (band[0] > band[1])
    throw new ConfigError('grounded: config.band: the lower end comes first', ['band'], false)
  const hasJudge = judge !== undefined && judge !== null
  return {
    ...read,
    context: read.context,
    answer: paths,
    citationPath,
    judge: hasJudge ? judge : undefined,
    overlap: hasJudge ? band[1] : read.overlap,
    unsure: hasJudge ? band[0] : read.overlap,
    cited: { overlap: read.overlap, unsure: read.overlap },
  }
}

function check(path: string, at: readonly (string | number)[]): void {
  try {
    stepsOf(path)
  } catch (error) {
    throw new ConfigError(`grounded: config.${at.join('.')}: ${messageOf(error)}`, at, false)
  }
}
