import nunjucks from 'nunjucks'

/** The names a template reads. */
export interface Mentions {
  /** Variables, what the template itself sets included. */
  readonly names: ReadonlySet<string>
  /** Of those: the ones it prints as they are, so that undefined they would print as nothing. */
  readonly printed: ReadonlySet<string>
  /** Environment variables it cannot do without: no `default` and no `if` stands in for them. */
  readonly variables: ReadonlySet<string>
}

interface Node {
  readonly value?: unknown
  readonly name?: Node
  readonly args?: { readonly children: readonly Node[] }
  readonly target?: Node
  readonly targets?: readonly Node[]
  readonly val?: Node
  readonly cond?: Node
  readonly children?: readonly Node[]
  findAll(type: unknown): Node[]
}

const { parser, nodes } = nunjucks as unknown as {
  readonly parser: { parse(template: string): Node }
  readonly nodes: Readonly<
    Record<
      'Filter' | 'For' | 'If' | 'InlineIf' | 'Literal' | 'LookupVal' | 'Output' | 'Set' | 'Symbol',
      new () => Node
    >
  >
}

const FALLBACKS: ReadonlySet<unknown> = new Set(['default', 'd'])

/** @throws {Error} nunjucks's, for a template that does not parse */
export function mentionsOf(template: string): Mentions {
  const tree = parser.parse(template)
  const filters = tree.findAll(nodes.Filter)
  const isFilter = new Set(filters.map(({ name }) => name))
  const bound = [
    ...tree.findAll(nodes.For).flatMap(({ name }) => (name === undefined ? [] : [name])),
    ...tree.findAll(nodes.Set).flatMap(({ targets = [] }) => targets),
  ]
  const optional = [
    ...[...tree.findAll(nodes.If), ...tree.findAll(nodes.InlineIf)].flatMap(({ cond }) => cond ?? []),
    ...filters
      .filter(({ name }) => FALLBACKS.has(name?.value))
      .flatMap(({ args }) => args?.children.slice(0, 1) ?? []),
  ]
  const spared = new Set([...bound, ...optional].flatMap(namesIn))
  const optionalVariables = new Set(optional.flatMap(variablesIn))
  return {
    names: new Set(namesOf(all(tree, nodes.Symbol).filter((symbol) => !isFilter.has(symbol)))),
    printed: new Set(
      tree
        .findAll(nodes.Output)
        .flatMap(({ children = [] }) => namesOf(children.filter((node) => node instanceof nodes.Symbol)))
        .filter((name) => !spared.has(name)),
    ),
    variables: new Set(variablesIn(tree).filter((name) => !optionalVariables.has(name))),
  }
}

/** `findAll` looks below a node only. */
function all(node: Node, type: new () => Node): Node[] {
  const below = node.findAll(type)
  return node instanceof type ? [node, ...below] : below
}

function namesIn(node: Node): string[] {
  return namesOf(all(node, nodes.Symbol))
}

function namesOf(symbols: readonly Node[]): string[] {
  return symbols.map(({ value }) => String(value))
}

/** `env.X` and `env['X']`. */
function variablesIn(node: Node): string[] {
  return all(node, nodes.LookupVal)
    .filter(({ target, val }) => target?.value === 'env' && val instanceof nodes.Literal)
    .map(({ val }) => String(val?.value))
}
