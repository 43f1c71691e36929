import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import { compare } from './judge/compare.ts'
import { instrumentOf, readFresh, readSettings } from './judge/config.ts'
import { grade } from './judge/grade.ts'
import { judgedTexts } from './judge/texts.ts'
import { suiteDir } from './shared/suite-dir.ts'

/**
 * A language model as an instrument: a level of a rubric for the reply, or whether it is better than another one, by one model or a panel.
 *
 * Score: the level as a share of the rubric's scale, from 0 for the lowest to 1 for the highest; of a comparison 1, ½ or 0 for won, tied,
 * lost. It passes from `threshold` on. An empty reply gets 0, and nobody is asked.
 *
 * How it can be wrong: a judge has habits. It may prefer what stands first (a comparison is made in both orders, and one that turns with the
 * order is a tie), what is long, polite or sure of itself, and what reads like its own. What it says is worth what `assay calibrate` measures
 * on people's labels. What it is shown of a reply is marked as data, but a model may yet be talked round by it.
 *
 * @throws Error where it cannot judge: a variable is missing, or too few of the panel gave a verdict
 */
export default async function judge(output: unknown, context: CheckContext): Promise<CheckVerdict> {
  const settings = readSettings(context.config ?? {}, suiteDir(context))
  const texts = judgedTexts(output, settings, context.vars)
  return settings.mode === 'score' ? grade(texts, settings, context) : compare(texts, settings, context)
}

export const configure: Configure = (config, { dir }) => ({
  instrument: instrumentOf(readFresh(config, dir)),
})
