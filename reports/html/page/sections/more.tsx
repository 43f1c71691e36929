import { counted } from '../../../format/figures.ts'

interface Props {
  readonly of: number
  readonly listed: number
  readonly noun: string
  readonly plural?: string
  readonly where?: string
}

/** How many were left out of a list, and where they are. Nothing where it is whole. */
export function More({ of, listed, noun, plural, where = 'analysis.json' }: Props) {
  if (of <= listed) return null
  const rest = counted(of - listed, `more ${noun}`, plural === undefined ? undefined : `more ${plural}`)
  return (
    <p class="quiet">
      … and {rest} in {where}.
    </p>
  )
}
