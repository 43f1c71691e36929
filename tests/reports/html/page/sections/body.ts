import { SaxesParser } from 'saxes'
import type { ReportInput } from '../../../../../harness/model/report.ts'
import type { CellFigures } from '../../../../../reports/html/data/cell-figures.ts'
import { renderBody } from '../../../../../reports/html/page/server.tsx'

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (Element | string)[]
}

const NO_FIGURES: CellFigures = { latency: [], slices: [], flips: [] }

/** The static part of a page, and the tree that a parser makes of it. A tag that is not closed throws. */
export function bodyOf(
  input: ReportInput,
  figures: Partial<CellFigures> = {},
): { readonly html: string; readonly root: Element } {
  const html = renderBody({ input, figures: { ...NO_FIGURES, ...figures } })
  return { html, root: parse(html) }
}

function parse(html: string): Element {
  const root: Element = { name: 'body', attributes: {}, children: [] }
  const open = [root]
  const parser = new SaxesParser({ fragment: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => open.pop())
  parser.on('text', (text) => open.at(-1)?.children.push(text))
  // A text may hold this in HTML, and not in XML.
  parser.write(html.replaceAll(']]>', ']]&gt;')).close()
  return root
}

/** Every element of a name, in the order of the page; `*` for all. */
export function all({ children }: Element, name: string): Element[] {
  return children.flatMap((child) =>
    typeof child === 'string'
      ? []
      : [...(name === '*' || child.name === name ? [child] : []), ...all(child, name)],
  )
}

/** What is read in an element. */
export function textOf({ children }: Element): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}

/** @throws Error for an id that no element has */
export function byId(root: Element, id: string): Element {
  const found = all(root, '*').find(({ attributes }) => attributes['id'] === id)
  if (found === undefined) throw new Error(`nothing has the id ${id}`)
  return found
}

/** Elements that have all of these classes. */
export function byClass(root: Element, classes: string): Element[] {
  const wanted = classes.split(' ')
  return all(root, '*').filter(({ attributes }) => {
    const own = (attributes['class'] ?? '').split(' ')
    return wanted.every((name) => own.includes(name))
  })
}

/** @throws Error where there is none */
export function firstOf(elements: readonly Element[]): Element {
  const [first] = elements
  if (first === undefined) throw new Error('no such element')
  return first
}
