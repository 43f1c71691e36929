import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ModelInfo } from '../../../harness/model/model-catalog.ts'
import { didYouMean } from '../../../harness/model/suggest.ts'
import { parseModels } from '../../shared/parse-models.ts'
import type { ModelName } from './model-name.ts'

const DAY_MS = 86_400_000
/** How long before a model's end one should hear of it. */
const SOON_DAYS = 30

/** Regions that an inference profile may be called from. `global` may be from any. */
const CALLED_FROM: Readonly<Record<string, RegExp>> = {
  us: /^(?:us-(?!gov)|ca-)/,
  'us-gov': /^us-gov-/,
  eu: /^(?:eu|il)-/,
  apac: /^(?:ap|me)-/,
  jp: /^ap-northeast-/,
  au: /^ap-southeast-/,
  ca: /^ca-/,
}

/**
 * What is odd about a model, and stops no run: the answer may be a 400 or a 404.
 * @param info undefined for a model nobody here knows
 * @param region as far as it is known before a call
 */
export function modelWarnings(
  name: ModelName,
  info: ModelInfo | undefined,
  region: string | undefined,
  today: Date,
): string[] {
  if (info === undefined) return name.isOpaque ? [] : unknownModel(name)
  return [...retirement(name, info, today), ...profileTrouble(name, info, region)]
}

function unknownModel({ asked, base }: ModelName): string[] {
  const file = fileURLToPath(new URL('../../models.yaml', import.meta.url))
  const known = Object.keys(parseModels(readFileSync(file, 'utf8'), file).models.bedrock ?? {})
  const hint = didYouMean(base, known)
  return hint === undefined ? [] : [`bedrock: \`${asked}\` is no model known here; ${hint}`]
}

function retirement({ asked }: ModelName, { retires }: ModelInfo, today: Date): string[] {
  const days = retires === undefined ? Infinity : (Date.parse(retires) - today.getTime()) / DAY_MS
  if (days > SOON_DAYS) return []
  const what = days <= 0 ? `has been retired since ${retires}` : `retires on ${retires}`
  return [`bedrock: \`${asked}\` ${what}: move to a later model`]
}

function profileTrouble(
  { asked, base, profile, region: home, isOpaque }: ModelName,
  { profileOnly, profiles = [] }: ModelInfo,
  region: string | undefined,
): string[] {
  if (isOpaque) return []
  if (home !== undefined && region !== undefined && home !== region) {
    return [`bedrock: \`${asked}\` is in ${home}, and the calls go to ${region}`]
  }
  const fitting = profiles.filter((each) => region === undefined || fits(each, region))
  const instead = fitting.map((each) => `\`${each}.${base}\``)
  const write = instead.length === 0 ? '' : `: write ${instead.join(' or ')}`
  if (profile === undefined) {
    return profileOnly === true && !asked.startsWith('arn:')
      ? [`bedrock: \`${asked}\` is served through an inference profile alone${write}`]
      : []
  }
  if (region !== undefined && !fits(profile, region)) {
    return [`bedrock: \`${asked}\` is an inference profile of other regions than ${region}${write}`]
  }
  return profiles.length === 0 || profiles.includes(profile)
    ? []
    : [`bedrock: \`${base}\` is not known to have an inference profile \`${profile}\`${write}`]
}

function fits(profile: string, region: string): boolean {
  return CALLED_FROM[profile]?.test(region) ?? true
}
