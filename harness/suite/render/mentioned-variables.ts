const MENTION = /\{\{[\s]*([^{}\s|]+)[\s]*(?:\|[^}]+)?\}\}|\{%[\s]*(?:if|for)[\s]+([^{}\s]+)[\s]*.*?%\}/g
const LOOP = /\{%[\s]*for[\s]+(\w+)[\s]+in[\s]+(\w+)[\s]*%\}/g

/**
 * Root names of the undefined variables that a var's text mentions, found with promptfoo's own patterns: promptfoo leaves a var
 * that mentions one unrendered, so what counts as a mention must be the same to the letter.
 */
export function undefinedMentions(text: string, vars: Record<string, unknown>): string[] {
  const template = text.replaceAll(/\{#[\s\S]*?#\}/g, '')
  const mentioned = new Set<string>()
  for (const match of template.matchAll(MENTION)) mentioned.add((match[1] ?? match[2]) as string)
  for (const [, item, list] of template.matchAll(LOOP)) {
    mentioned.delete(item as string)
    mentioned.add(list as string)
  }
  return [...mentioned]
    .map((name) => /^([A-Za-z_]\w*)/.exec(name)?.[1])
    .filter((root) => root !== undefined && root !== 'env' && vars[root] === undefined) as string[]
}
