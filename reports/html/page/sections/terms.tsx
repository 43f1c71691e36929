import { type TermName, TERMS } from '../../../format/terms.ts'

/** What the words of a section mean, for who wants to know. */
export function Terms({ names }: { readonly names: readonly TermName[] }) {
  return (
    <details class="terms">
      <summary>What is this? The words of this table, in plain sentences</summary>
      <dl>
        {names.map((name) => (
          <div>
            <dt>{TERMS[name].term}</dt>
            <dd>{TERMS[name].means}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
