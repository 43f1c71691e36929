import type { AttemptRecord } from '../../../../harness/model/trial.ts'
import { duration, NOTHING, usd } from '../../../format/figures.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { LongText } from '../safe-text/long-text.tsx'
import { Figure, ScrollTable } from '../sections/scroll-table.tsx'
import { Part } from './part.tsx'
import { Term } from './term.tsx'
import { TimingBar, TimingKey } from './timing-bar.tsx'
import { firstTokenMs, timingParts } from './timing-parts.ts'

/** Every call made for the cell: what became of it, where its time went, and what the model was told for the next. */
export function Attempts({ attempts }: { readonly attempts: readonly AttemptRecord[] }) {
  const { calls, totalMs } = timingParts(attempts)
  const anyReplayed = attempts.some(({ reply }) => reply?.cached === true)
  const anyUntrusted = attempts.some(({ timing }) => !timing.trusted)
  const terms = (
    <>
      <Term name="latency" shown />
      <Term name="ttft" word="first token" shown />
      {attempts.some(({ feedback }) => feedback !== undefined) && <Term name="feedback" shown />}
    </>
  )
  const figures = ['backoff', 'queued', 'first token', 'rest', 'latency', 'cost']
  return (
    <Part title="Attempts and timing" id="attempts" aside={terms}>
      {attempts.length === 0 ? (
        <p class="quiet">No call was made.</p>
      ) : (
        <>
          <TimingKey />
          <ScrollTable
            label="Calls in figures"
            caption="Where the time of each call went"
            head={[
              { title: 'call' },
              { title: `${duration(totalMs)} in all` },
              ...figures.map((title) => ({ title, number: true })),
            ]}
          >
            {attempts.map((attempt, i) => (
              <Call key={i} attempt={attempt} parts={calls[i] ?? []} totalMs={totalMs} />
            ))}
          </ScrollTable>
        </>
      )}
      <ul class="told">
        {attempts.map((attempt, i) => (
          <Told key={i} attempt={attempt} />
        ))}
      </ul>
      {anyReplayed && (
        <p>
          ↺ Replayed: the latency is the recorded one, of another time. <Term name="replayed" />
        </p>
      )}
      {anyUntrusted && (
        <p>
          ~ This provider may hide waiting in its latency. <Term name="untrusted" word="hidden waiting" />
        </p>
      )}
    </Part>
  )
}

interface CallProps {
  readonly attempt: AttemptRecord
  readonly parts: Parameters<typeof TimingBar>[0]['parts']
  readonly totalMs: number
}

function Call({ attempt, parts, totalMs }: CallProps) {
  const { timing, failure, reply } = attempt
  const first = firstTokenMs(timing)
  const about = timing.trusted ? '' : '~'
  const ms = [
    timing.backoffMs,
    timing.queuedMs,
    first,
    first === undefined ? undefined : timing.latencyMs - first,
  ]
  return (
    <tr>
      <th scope="row">
        {callName(attempt)} {failure === undefined ? (reply?.cached === true ? '↺' : '') : '✗'}
      </th>
      <td class="bar-column">
        <TimingBar parts={parts} totalMs={totalMs} />
      </td>
      {ms.map((one, i) => (
        <Figure key={i}> {one === undefined ? NOTHING : one === 0 ? '0' : duration(one)}</Figure>
      ))}
      <Figure>
        {about}
        {duration(timing.latencyMs)}
      </Figure>
      <Figure>{usd(attempt.costUsd)}</Figure>
    </tr>
  )
}

/** Why a call gave no reply, and what the model was told for the next round. */
function Told({ attempt }: { readonly attempt: AttemptRecord }) {
  const { failure, feedback = [] } = attempt
  return (
    <>
      {failure !== undefined && (
        <li>
          <span class="bad">
            ✗ {callName(attempt)}: {failure.kind}
          </span>
          {failure.status !== undefined && ` (HTTP ${failure.status})`}
          {failure.retryAfterMs !== undefined && `, asked to wait ${duration(failure.retryAfterMs)}`}:{' '}
          <InlineText text={failure.message} limit={2_000} />
        </li>
      )}
      {feedback.length > 0 && (
        <li>
          ↩ After {callName(attempt)} the model was told:
          {feedback.map((reason, i) => (
            <LongText key={i} text={reason} label="Feedback" />
          ))}
        </li>
      )}
    </>
  )
}

/** `first try`, `feedback 1, retry 2` */
function callName({ attempt = 0, retry = 0 }: AttemptRecord): string {
  const round = attempt === 0 ? 'first try' : `feedback ${attempt}`
  return retry === 0 ? round : `${round}, retry ${retry}`
}
