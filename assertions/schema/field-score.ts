import type { Path, Problem } from './problem.ts'
import { below, isUnlisted, requiredFields } from './schema-fields.ts'

/**
 * The share of fields that are right. Fields are the leaves of the value (texts, numbers, true, false, null, empty lists and objects), those
 * that are missing (a missing object counts as the fields it must have) and each one that is forbidden; those that a schema allows but does not list
 * are left out. A leaf is wrong where a problem names it or
 * something it is in; a rule about a whole list or object that is broken counts as one more wrong field.
 * @param problems settled ones
 * @returns 0 to 1; 1 only without problems
 */
export function fieldScore(value: unknown, problems: readonly Problem[], jsonSchema: unknown): number {
  if (problems.length === 0) return 1
  const wrong = new Set<string>()
  const extra = new Set<string>()
  const rules = new Set<string>()
  const incomplete = new Set<string>()
  let missing = 0
  for (const { path, fault } of problems) {
    if (fault.is === 'missing') {
      missing += requiredFields(jsonSchema, path)
      incomplete.add(keyOf(path.slice(0, -1)))
    } else (fault.is === 'extra' ? extra : fault.is === 'rule' ? rules : wrong).add(keyOf(path))
  }
  const counts = { right: 0, wrong: missing }
  const walk = (item: unknown, key: string, node: unknown, isWrong: boolean): void => {
    if (extra.has(key)) {
      counts.wrong++
      return
    }
    const isBad = isWrong || wrong.has(key)
    const inner = typeof item === 'object' && item !== null ? Object.entries(item) : []
    if (inner.length === 0) {
      // An object that is empty where it may not be is no field besides those it lacks.
      if (!incomplete.has(key)) counts[isBad || rules.has(key) ? 'wrong' : 'right']++
    } else if (rules.has(key)) counts.wrong++
    const isList = Array.isArray(item)
    for (const [step, field] of inner) {
      const at = keyOf([step], key)
      if (isList || extra.has(at) || !isUnlisted(jsonSchema, node, step))
        walk(field, at, below(jsonSchema, node, step), isBad)
    }
  }
  walk(value, '', jsonSchema, false)
  return counts.right / (counts.right + Math.max(1, counts.wrong))
}

function keyOf(path: Path, above = ''): string {
  return path.reduce<string>((key, step) => `${key}\0${step}`, above)
}
