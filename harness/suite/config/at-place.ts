import { ConfigError, HarnessError } from '../../model/errors.ts'
import type { ProviderSpec } from '../../model/suite.ts'
import type { SourceLocation } from '../../model/source.ts'
import { codeFrame } from './fail.ts'
import { locate, locateKey } from './positions.ts'

/** A provider, as far as it says where it and its config are written. */
export type Placed = Pick<ProviderSpec, 'config' | 'at'>

/** Does something with a provider that knows no place; a mistake of the user's is told where it stands in the suite. */
export function atPlace<T>(spec: Placed, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof HarnessError ? placed(error, spec) : error
  }
}

/** The mistake, at the key or value of the config that it names, else at the provider. One that has a place keeps it. */
export function placed(error: HarnessError, { config, at: around }: Placed): HarnessError {
  if (error.at !== undefined) return error
  const at = (error instanceof ConfigError ? placeInConfig(config, error) : undefined) ?? around
  const { code, message, hint, others } = error
  return new HarnessError(code, message, { at, hint, others, frame: codeFrame(at), cause: error })
}

/** Of the nearest part around it that is written in a file. */
function placeInConfig(config: unknown, { path, isKey }: ConfigError): SourceLocation | undefined {
  let found: SourceLocation | undefined
  let container = config
  for (const [index, step] of path.entries()) {
    if (typeof container !== 'object' || container === null) break
    const isMistake = index === path.length - 1
    const place = isMistake && isKey ? locateKey(container, step) : locate(container, step)
    if (place === undefined) break
    found = place
    container = (container as Record<string | number, unknown>)[step]
  }
  return found
}
