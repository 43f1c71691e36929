/** Opens a cell in the table of all cells. Nothing where the page has no text of it. */
export function CellLink({ cell }: { readonly cell: string | undefined }) {
  if (cell === undefined || !/^[0-9a-f]{16}$/.test(cell)) return null
  return <a href={`#cell=${cell}`}>Open the cell: every check, attempt and timing</a>
}
