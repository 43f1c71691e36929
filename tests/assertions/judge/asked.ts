import judge from '../../../assertions/judge.ts'
import type { CheckContext, CheckVerdict } from '../../../harness/model/custom-check.ts'
import type { ProviderResponse } from '../../../harness/model/provider.ts'

/** Levels 1 to 4, as most of the tests have them. */
export const RUBRIC = {
  criterion: 'Is the answer right?',
  levels: [
    { level: 1, anchor: 'Wrong.' },
    { level: 2, anchor: 'Partly right.' },
    { level: 3, anchor: 'Nearly right.' },
    { level: 4, anchor: 'Right.' },
  ],
}

/** What a model says, by its name and what it is asked: a text, or why there is none. */
export type Says = (grader: unknown, prompt: string) => string | ProviderResponse

/** The check's verdict where models answer so, and what they were asked. */
export async function judged(
  config: Readonly<Record<string, unknown>>,
  output: unknown,
  says: Says,
  vars: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly verdict: CheckVerdict; readonly prompts: readonly string[] }> {
  const prompts: string[] = []
  const context: CheckContext = {
    config: { judge: 'm', rubric: RUBRIC, ...config },
    vars,
    assay: {
      dir: import.meta.dirname,
      async ask(grader, prompt) {
        prompts.push(prompt)
        const said = says(grader, prompt)
        return typeof said === 'string' ? { output: said } : said
      },
    },
  }
  return { verdict: await judge(output, context), prompts }
}

export function level(value: unknown, reasoning = 'because'): string {
  return JSON.stringify({ reasoning, level: value })
}

export function winner(value: unknown): string {
  return JSON.stringify({ reasoning: 'because', winner: value })
}
