import { ConfigError, messageOf } from '../../harness/model/errors.ts'
import { isVariable } from '../shared/from-vars.ts'
import type { Config } from './config.ts'
import { relationOf } from './config.ts'
import { reducedAsWritten, wayIn } from './reduce.ts'

/**
 * Answers and relations that the config itself writes, before any reply: what stands in a variable is seen with its case.
 * @throws {ConfigError} for an answer that no reply can give, and a relation that is not declared
 */
export function checkWritten(config: Config): void {
  const { relation, relations = {}, expected } = config
  if (!isVariable(relation)) {
    try {
      relationOf(config, relation)
    } catch (thrown) {
      throw new ConfigError(messageOf(thrown), ['relation'], false)
    }
  }
  // Options are mostly those of a case.
  if (config.by === 'option') return
  const way = wayIn(config)
  const check = (answer: unknown, path: readonly string[]): void => {
    const found = reducedAsWritten(answer, way)
    if ('answer' in found) return
    throw new ConfigError(`consistency: config.${path.join('.')}: ${found.problem}`, path, false)
  }
  if (expected !== undefined && !(typeof expected === 'string' && isVariable(expected)))
    check(expected, ['expected'])
  for (const [name, change] of Object.entries(relations)) {
    if (change === 'same') continue
    for (const [from, to] of Object.entries(change.map)) {
      check(from, ['relations', name, 'map', from])
      check(to, ['relations', name, 'map', from])
    }
  }
}
