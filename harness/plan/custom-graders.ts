import type { Assertion } from '../model/assertion.ts'
import type { Configure } from '../model/custom-check.ts'
import type { SourceLocation } from '../model/source.ts'
import type { ProviderSpec, Suite } from '../model/suite.ts'
import { isCodeFile, loadUserExport, parseCodeReference } from '../suite/user-code.ts'
import { baseType } from '../verify/assertion-kind.ts'
import { configureCheck } from '../verify/checks/custom.ts'
import { graderSpecs } from '../verify/graders/graders.ts'

/** A model that a custom check asks, and how often it does so for one reply. */
interface AskedModel {
  readonly spec: ProviderSpec
  readonly calls: number
}

/** Finds the models that custom checks ask, as their files tell. Each assertion is looked at once. */
export type CustomGraders = (assertion: Assertion, at: SourceLocation) => Promise<readonly AskedModel[]>

/** @throws HarnessError `suite` for a check whose file or config is wrong */
export function createCustomGraders(suite: Suite): CustomGraders {
  const known = new WeakMap<Assertion, Promise<readonly AskedModel[]>>()
  const NONE: Promise<readonly AskedModel[]> = Promise.resolve([])

  async function look(
    assertion: Assertion,
    value: string,
    at: SourceLocation,
  ): Promise<readonly AskedModel[]> {
    const configure = await loadUserExport<Configure>(value, 'configure', suite, at)
    const { instrument } = await configureCheck(configure, assertion, at, suite)
    if (instrument === undefined) return []
    const { graders, calls = 1 } = instrument
    return graders.flatMap((grader) => graderSpecs(grader, suite, at).map((spec) => ({ spec, calls })))
  }

  return (assertion, at) => {
    const { type, value } = assertion
    if (baseType(type) !== 'javascript' || typeof value !== 'string' || !value.startsWith('file://'))
      return NONE
    const { path, functionName } = parseCodeReference(value)
    if (functionName !== undefined || !isCodeFile(path)) return NONE
    let found = known.get(assertion)
    if (found === undefined) known.set(assertion, (found = look(assertion, value, at)))
    return found
  }
}
