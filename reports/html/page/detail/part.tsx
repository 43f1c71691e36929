import type { ComponentChildren } from 'preact'

interface PartProps {
  readonly title: string
  /** The name of its heading: `output`. */
  readonly id: string
  /** What stands beside the title. */
  readonly aside?: ComponentChildren
  readonly class?: string
  readonly children: ComponentChildren
}

/** A part of the detail under its own heading. */
export function Part({ title, id, aside, class: name, children }: PartProps) {
  return (
    <section class={name} aria-labelledby={`${id}-title`}>
      <header class="part-title">
        <h3 id={`${id}-title`}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  )
}
