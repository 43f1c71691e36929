import { columnName } from '../../../../harness/model/column-name.ts'
import { brokenSentence, type Fallen, nameOf, passed, placeOf } from '../../../format/flips.ts'
import type { ReportView } from '../../page-module.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { textsOf } from './case-texts.ts'
import { CellLink } from './cell-link.tsx'
import { UNITS } from './limits.ts'
import { Glimpse, OutputDiff } from './output-diff.tsx'
import { PromptExcerpt } from './prompt-excerpt.tsx'
import { isWithheld } from './withheld.ts'

const TAGS = 4
const CHECKS = 6

interface Props extends Fallen {
  readonly view: ReportView
  /** What it is compared with, in words. */
  readonly than: string
  readonly isPrinted: boolean
  /** Whether its column is said beside it. */
  readonly isNamed: boolean
}

/** A case that came out otherwise: how often it passed, which check failed and why, and what the model said then and now. */
export function FlippedCase({ view, at, broken, gates, than, isPrinted, isNamed }: Props) {
  const isWorse = at.candidate.passed * at.base.of < at.base.passed * at.candidate.of
  const place = placeOf(at.source)
  const [texts] = textsOf(view.figures, at)
  const said = 'output' in at || 'baseOutput' in at ? at : undefined
  const withheld = isWithheld(view.input, at.caseId)
  const output = withheld ? undefined : (texts?.output ?? said?.output)
  const baseOutput = withheld ? undefined : (texts?.baseOutput ?? said?.baseOutput)
  return (
    <details class={isPrinted ? 'flip' : 'flip beyond'}>
      <summary>
        <span class={isWorse ? (gates ? 'bad' : 'warn') : 'good'}>
          {isWorse ? '↓' : '↑'} {passed(at.base)} → {passed(at.candidate)}
        </span>{' '}
        <strong>
          <InlineText text={nameOf(at)} limit={UNITS.name * 2} />
        </strong>{' '}
        <Glimpse before={baseOutput} after={output} />{' '}
        {broken?.status === 'confirmed' && <span class="tag bad">✗ broken</span>}{' '}
        {'flaky' in at && at.flaky && <span class="tag warn">≈ flaky</span>}{' '}
        {!gates && <span class="tag">informs</span>}{' '}
        {'tags' in at &&
          at.tags.slice(0, TAGS).map((tag) => (
            <>
              <span class="tag">
                <InlineText text={tag} limit={40} />
              </span>{' '}
            </>
          ))}
        {isNamed && (
          <span class="quiet column">
            <InlineText text={columnName(at.column)} limit={UNITS.column} />
          </span>
        )}
      </summary>
      {broken !== undefined && (
        <p class={broken.status === 'confirmed' ? 'bad' : 'warn'}>
          <InlineText text={brokenSentence(broken)} limit={UNITS.reason} />
        </p>
      )}
      {!withheld && <WhyFailed at={at} />}
      {withheld ? (
        <p class="quiet">Prompt and replies are left out of this copy.</p>
      ) : (
        <OutputDiff before={baseOutput} after={output} than={than} />
      )}
      {texts !== undefined && !withheld && <PromptExcerpt text={texts.prompt} />}
      <p class="where">
        {place !== undefined && (
          <code>
            <InlineText text={place} />
          </code>
        )}{' '}
        <CellLink cell={texts?.cell} />
      </p>
    </details>
  )
}

function WhyFailed({ at }: Pick<Fallen, 'at'>) {
  const checks = 'checks' in at ? at.checks : []
  if (checks.length === 0 && at.reason === '') return null
  return (
    <p>
      {checks.length > 0 && (
        <>
          Failed{' '}
          <strong>
            <InlineText text={checks.slice(0, CHECKS).join(', ')} limit={UNITS.name} />
          </strong>
          {at.reason === '' ? '.' : ': '}
        </>
      )}
      <InlineText text={at.reason} limit={UNITS.reason} />
    </p>
  )
}
