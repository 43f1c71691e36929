import type { ComponentChildren } from 'preact'

interface Props {
  /** What it quotes: read out where the keyboard comes to it, since a long text scrolls in its place. */
  readonly label: string
  readonly class?: string
  readonly children: ComponentChildren
}

/** A text of a model or a prompt, as it was. */
export function Quote({ label, class: name, children }: Props) {
  return (
    <pre class={name} role="group" aria-label={label} tabIndex={0}>
      {children}
    </pre>
  )
}
