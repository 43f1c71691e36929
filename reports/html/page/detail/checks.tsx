import type { CheckResult } from '../../../../harness/model/trial.ts'
import { score } from '../../../format/figures.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { LongText } from '../safe-text/long-text.tsx'
import { Marks } from './marks.tsx'
import { Part } from './part.tsx'
import { Term } from './term.tsx'

/** UTF-16 units of a reason that stand in the line. */
const IN_LINE = 600

/** What becomes of a check, in the order in which they are read. */
const STATES = {
  failed: { shape: '✗', word: 'failed' },
  broken: { shape: '!', word: 'could not judge' },
  passed: { shape: '✓', word: 'passed' },
} as const

type State = keyof typeof STATES

interface ChecksProps {
  readonly checks: readonly CheckResult[]
  /** What they saw. */
  readonly output: string
}

/** Every check and its reason: those that failed first, then those that broke. */
export function Checks({ checks, output }: ChecksProps) {
  const count = (state: State) => checks.filter((check) => stateOf(check) === state).length
  const said = (['failed', 'broken', 'passed'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${STATES[state].word}`)
  const aside = (
    <>
      <span class="quiet">{said.join(', ')}</span>
      <Term name="metric" shown />
      <Term name="weight" shown />
    </>
  )
  return (
    <Part title="Checks" id="checks" aside={aside}>
      {checks.length === 0 ? (
        <p class="quiet">No check was made.</p>
      ) : (
        <CheckList checks={checks} output={output} />
      )}
    </Part>
  )
}

function CheckList({ checks, output }: ChecksProps) {
  const order = Object.keys(STATES)
  const sorted = checks.toSorted((a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)))
  return (
    <ul class="checks">
      {sorted.map((check, i) => (
        <Check key={i} check={check} output={output} />
      ))}
    </ul>
  )
}

function Check({ check, output }: { readonly check: CheckResult; readonly output: string }) {
  const { type, metric, weight, members = [], marks = [], uncalibrated } = check
  const state = stateOf(check)
  const { shape, word } = STATES[state]
  const text = check.error ?? check.reason
  return (
    <li class={state}>
      <p>
        <span class="outcome">
          {shape} {word}
        </span>{' '}
        <code>
          <InlineText text={type} />
        </code>
        {metric !== undefined && (
          <span class="quiet">
            {' '}
            metric <InlineText text={metric} />
          </span>
        )}
        <span class="quiet">
          {' '}
          · score {check.error === undefined ? score(check.score) : 'none'}
          {weight !== undefined && weight !== 1 && ` · weight ${score(weight)}`}
          {uncalibrated === true && ' · uncalibrated judge: shown, not counted'}
        </span>
      </p>
      {text !== '' && <Reason text={text} />}
      <Marks marks={marks} output={output} />
      {members.length > 0 && <CheckList checks={members} output={output} />}
    </li>
  )
}

function Reason({ text }: { readonly text: string }) {
  if (text.length > IN_LINE || text.includes('\n')) return <LongText text={text} label="Reason" />
  return (
    <p class="reason">
      <InlineText text={text} limit={IN_LINE} />
    </p>
  )
}

function stateOf({ pass, error }: CheckResult): State {
  if (error !== undefined) return 'broken'
  return pass ? 'passed' : 'failed'
}
