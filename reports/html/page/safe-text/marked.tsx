import type { Segment } from './marks.ts'

/** Text with its marks. A mark stands for itself: what is around it is not reordered by it. */
export function Marked({ segments }: { segments: readonly Segment[] }) {
  return (
    <>
      {segments.map((segment) =>
        typeof segment === 'string' ? (
          segment
        ) : (
          <span class="mark" title={segment.title}>
            {segment.shown}
          </span>
        ),
      )}
    </>
  )
}
