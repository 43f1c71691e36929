const ARN = /^arn:aws[\w-]*:bedrock:[^:]*:[^:]*:(?<kind>[\w-]+)\/(?<id>.+)$/

/** Kinds of resources whose ARN ends in the id of a model or of an inference profile that AWS made. */
const NAMED_KINDS: ReadonlySet<string> = new Set(['inference-profile', 'foundation-model'])

/** Inference profiles that keep to a part of the world. They are billed as a call in the region itself is. */
const REGIONAL_PROFILE = /^(?:us|eu|apac|jp|au|ca)\.(?=[\w-]+\.)/

/** The id within an ARN. Undefined for an ARN that has none: an application's profile, a custom model, provisioned throughput. */
export function idInArn(model: string): string | undefined {
  if (!model.startsWith('arn:')) return model
  const { kind = '', id } = ARN.exec(model)?.groups ?? {}
  return NAMED_KINDS.has(kind) ? id : undefined
}

/** The model behind a regional inference profile; undefined for anything else, a global profile among it. */
export function modelInRegion(id: string): string | undefined {
  return REGIONAL_PROFILE.test(id) ? id.replace(REGIONAL_PROFILE, '') : undefined
}

/** True for GovCloud, which has prices of its own: the table does not have them. */
export function isInGovCloud(model: string): boolean {
  return /^(?:us-gov\.|arn:aws-us-gov:)/.test(model)
}
