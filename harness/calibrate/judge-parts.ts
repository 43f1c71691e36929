import { hashProviderFile } from '../plan/provider-file.ts'
import type { JudgeParts } from '../model/calibration.ts'
import type { Instrument } from '../model/custom-check.ts'
import type { SourceLocation } from '../model/source.ts'
import type { ProviderSpec, Suite } from '../model/suite.ts'
import { canonicalJson, shortDigest } from '../suite/cases/identity.ts'
import { graderSpecs, isProvider } from '../verify/graders/graders.ts'

/**
 * What a judge is made of, part by part.
 * @param at where the suite has the check
 * @throws HarnessError `suite` where a model's file cannot be read
 */
export async function judgeParts(
  { graders, identity }: Pick<Instrument, 'graders' | 'identity'>,
  suite: Suite,
  at: SourceLocation,
): Promise<JudgeParts> {
  const models = await Promise.all(
    graders.flatMap((written) =>
      isProvider(written)
        ? [Promise.resolve({ name: written.id(), code: shortDigest(written.id()), config: '' })]
        : graderSpecs(written, suite, at).map(modelOf),
    ),
  )
  const isMap = typeof identity === 'object' && identity !== null && !Array.isArray(identity)
  const others = Object.entries(isMap ? identity : { check: identity })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, shortDigest(canonicalJson(value))] as const)
  return { models, others: Object.fromEntries(others) }
}

/** In words, what differs between a judge then and now; empty where nothing is known of it then. */
export function changedParts(then: JudgeParts | undefined, now: JudgeParts): string[] {
  if (then === undefined) return []
  const names = new Set([...Object.keys(now.others), ...Object.keys(then.others)])
  return [
    ...now.models.flatMap((model) => changedModel(then.models, model)),
    ...(now.models.length === then.models.length ? [] : ['number of models']),
    ...[...names].filter((name) => now.others[name] !== then.others[name]),
  ]
}

type Model = JudgeParts['models'][number]

function changedModel(then: readonly Model[], { name, code, config }: Model): string[] {
  if (then.some((model) => model.code === code && model.config === config)) return []
  const namesake = then.find((model) => model.name === name)
  if (namesake === undefined) return [`model ${name}`]
  return [
    ...(namesake.code === code ? [] : [`code of ${name}`]),
    ...(namesake.config === config ? [] : [`config of ${name}`]),
  ]
}

async function modelOf(spec: ProviderSpec): Promise<Model> {
  const { key, id, path, model, config, configAsWritten = config } = spec
  const code = path === undefined ? id : await hashProviderFile(spec, path)
  return {
    name: key,
    // What a class of models stands for may be another tomorrow.
    code: shortDigest(canonicalJson([code, model])),
    config: shortDigest(canonicalJson(configAsWritten)),
  }
}
