import type { HarnessError } from '../model/errors.ts'
import type { Prompt } from '../model/prompt.ts'
import type { SourceLocation } from '../model/source.ts'
import type { AssaySettings, ProviderSpec } from '../model/suite.ts'
import { isPromptAllowed } from '../plan/match.ts'
import { fail } from './config/fail.ts'
import { locate, locateKey } from './config/positions.ts'
import { didYouMean } from '../model/suggest.ts'

interface Columns {
  readonly prompts: readonly Prompt[]
  readonly providers: readonly ProviderSpec[]
}

interface Named {
  readonly prompt?: string
  readonly provider?: string
}

/** Settings of a gate that limit nothing by themselves. */
const LIMITS_NOTHING = new Set(['onUnavailable', 'ship', 'alpha', 'uncalibratedJudges', 'judgeAgreement'])

/**
 * A gate must know which columns it is about: those that `gate.ship` names must be there, and a suite of several columns must
 * name some. Without that, a zero-shot prompt that is there to be beaten would hold up the one that ships.
 * @throws HarnessError `suite`
 */
export function checkShip(assay: AssaySettings, columns: Columns): void {
  const { gate } = assay
  if (gate === undefined) return
  const ship = gate['ship'] as readonly Named[] | undefined
  if (ship !== undefined) {
    for (const named of ship) {
      refuseUnless(keysOf(columns.prompts), 'prompt', named)
      refuseUnless(keysOf(columns.providers), 'provider', named)
    }
    return
  }
  const limits = Object.keys(gate).filter((key) => !LIMITS_NOTHING.has(key))
  const names = namesOf(columns)
  const [first] = names
  if (limits.length === 0 || names.length < 2 || first === undefined) return
  const message = `assay.gate: the suite has ${names.length} columns, and the gate does not say which of them ship`
  const line = `ship: [{prompt: ${asYaml(first.prompt)}, provider: ${asYaml(first.provider)}}]`
  const hint = `add \`${line}\` to it, with the columns you mean; the others are then only shown`
  throw fail('suite', message, locateKey(assay, 'gate'), hint)
}

/**
 * What a column or a part of it is renamed to must be there; what it was called is known to the baseline alone.
 * @throws HarnessError `suite`
 */
export function checkRenamed({ renamed }: AssaySettings, columns: Columns): void {
  if (renamed === undefined) return
  const whole = namesOf(columns).map(({ prompt, provider }) => `${prompt} × ${provider}`)
  const names = [...keysOf(columns.prompts), ...keysOf(columns.providers), ...whole]
  for (const [old, name] of Object.entries(renamed)) {
    if (names.includes(name)) continue
    const message = `assay.renamed: \`${old}\` is to be \`${name}\` now, and no prompt, provider or column is called that`
    const hint = didYouMean(name, names) ?? `there are ${listed(names.slice(0, 10))}`
    throw fail('suite', message, locate(renamed, old), hint)
  }
}

/** Every column that any case could be asked in. */
function namesOf({ prompts, providers }: Columns): Required<Named>[] {
  return providers.flatMap((provider) =>
    prompts
      .filter((prompt) => isPromptAllowed(prompt, provider.prompts))
      .map((prompt) => ({ prompt: prompt.key, provider: provider.key })),
  )
}

function keysOf(parts: readonly { readonly key: string }[]): string[] {
  return parts.map(({ key }) => key)
}

function refuseUnless(keys: readonly string[], kind: keyof Named, named: Named): void {
  const name = named[kind]
  if (name !== undefined && !keys.includes(name)) throw unknownColumn(keys, kind, name, locate(named, kind))
}

function unknownColumn(
  keys: readonly string[],
  kind: keyof Named,
  name: string,
  at: SourceLocation | undefined,
): HarnessError {
  const hint = didYouMean(name, keys) ?? `there are ${listed(keys)}`
  return fail('suite', `assay.gate.ship: there is no ${kind} \`${name}\``, at, hint)
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

/** A name as it can stand in a flow map: JSON is YAML. */
function asYaml(name: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off)$/i.test(name)
  return isPlain ? name : JSON.stringify(name)
}
