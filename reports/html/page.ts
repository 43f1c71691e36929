import type { Renderer } from '../../harness/model/report.ts'
import { html } from '../format/escape-html.ts'
import { decisionWord } from '../format/headline.ts'
import { casesSection, errorsSection } from './cases.ts'
import { columnsSection } from './columns.ts'
import { comparisonHtml, ownHtml } from './comparison.ts'
import { feedbackSection } from './feedback.ts'
import { provenanceSection } from './provenance.ts'
import { spendingSection } from './spending.ts'
import { POLICY, STYLE } from './style.ts'
import { gatesSection, verdictSection } from './verdict.ts'

/** One static page that opens offline: verdict first, then the figures, then what failed. It has no script. */
export const renderer: Renderer = {
  name: 'html',
  file: 'report.html',
  async *render(input) {
    yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html(input.run.manifest.suite.name)}: ${decisionWord(input)}</title>
<style>${STYLE}</style></head><body><main>
${verdictSection(input)}
${gatesSection(input)}
${comparisonHtml(input)}
${columnsSection(input)}
${feedbackSection(input)}
${spendingSection(input)}
${ownHtml(input)}
`
    yield* casesSection(input)
    yield `${errorsSection(input)}
${provenanceSection(input)}
</main></body></html>
`
  },
}
