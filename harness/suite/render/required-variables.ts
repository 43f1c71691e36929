import nunjucks from 'nunjucks'

interface Node {
  readonly typename: string
  readonly fields?: readonly string[]
  readonly children?: readonly Node[]
  readonly value?: unknown
  readonly [field: string]: unknown
}

const GLOBALS = new Set(['env', 'range', 'cycler', 'joiner', 'super', 'caller'])
const FALLBACK_FILTERS = new Set(['default', 'd'])
const CACHE_SIZE = 1000
const known = new Map<string, readonly string[]>()

/**
 * Names of the variables a template prints, and would print as nothing were they undefined. One that has a `default`, or that
 * the template tests with `if` or `is defined`, is meant to be optional and left out. A template that does not parse has none.
 */
export function requiredVariables(template: string): readonly string[] {
  let names = known.get(template)
  if (names === undefined) {
    names = findRequired(template)
    if (known.size >= CACHE_SIZE) known.delete(known.keys().next().value as string)
    known.set(template, names)
  }
  return names
}

function findRequired(template: string): readonly string[] {
  const { parser } = nunjucks as unknown as { parser: { parse(template: string): Node } }
  const found = { printed: new Set<string>(), tested: new Set<string>() }
  try {
    visit(parser.parse(template), new Set(), found.printed, found)
  } catch {
    return []
  }
  return [...found.printed].filter((name) => !found.tested.has(name))
}

interface Found {
  readonly printed: Set<string>
  readonly tested: Set<string>
}

/** Walks the syntax tree; `bound` are the names that the template itself sets, `into` is where a free name goes. */
function visit(node: unknown, bound: Set<string>, into: Set<string>, found: Found): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, bound, into, found)
    return
  }
  if (!isNode(node)) return
  const go = (child: unknown, scope = bound, target = into): void => visit(child, scope, target, found)
  switch (node.typename) {
    case 'Symbol':
      if (!bound.has(String(node.value)) && !GLOBALS.has(String(node.value))) into.add(String(node.value))
      return
    case 'If':
    case 'InlineIf':
      go(node['cond'], bound, found.tested)
      go(node['body'])
      go(node['else_'])
      return
    case 'Is':
      go(node['left'], bound, found.tested)
      return
    case 'Filter':
      go(optionalArguments(node))
      return
    case 'Pair':
      go(node['value'])
      return
    case 'Set':
      go(node['value'])
      go(node['body'])
      bind(node['targets'], bound)
      return
    case 'For':
    case 'AsyncEach':
    case 'AsyncAll':
      go(node['arr'])
      go(node['body'], bind(node['name'], new Set([...bound, 'loop'])))
      go(node['else_'])
      return
    case 'Macro':
    case 'Caller':
      bind(node['name'], bound)
      go(node['body'], bind(node['args'], new Set(bound)))
      return
    case 'Import':
    case 'FromImport':
      go(node['template'])
      bind(node['target'] ?? node['names'], bound)
      return
    default:
      go(node.children)
      for (const field of node.fields ?? []) if (field !== 'children') go(node[field])
  }
}

/** What a filter is given, without the value that `default` stands in for. */
function optionalArguments(filter: Node): readonly Node[] {
  const name = filter['name']
  const given = isNode(filter['args']) ? (filter['args'].children ?? []) : []
  return isNode(name) && FALLBACK_FILTERS.has(String(name.value)) ? given.slice(1) : given
}

/** Adds every name in a pattern (a symbol, a tuple, a list of arguments) to a scope. */
function bind(pattern: unknown, scope: Set<string>): Set<string> {
  if (Array.isArray(pattern)) for (const item of pattern) bind(item, scope)
  else if (isNode(pattern)) {
    if (pattern.typename === 'Symbol') scope.add(String(pattern.value))
    else if (pattern.typename === 'Pair') {
      bind(pattern['key'], scope)
      bind(pattern['value'], scope)
    } else bind(pattern.children, scope)
  }
  return scope
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'typename' in value
}
