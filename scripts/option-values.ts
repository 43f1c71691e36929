import { InvalidArgumentError } from 'commander'
import { messageOf } from '../harness/model/errors.ts'

/** Of an option that may be given several times. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value]
}

export function parseCount(value: string): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError(`expected a whole number from 1, got "${value}".`)
  return count
}

export function parseAmount(value: string): number {
  const amount = Number(value)
  if (!Number.isFinite(amount) || amount <= 0)
    throw new InvalidArgumentError(`expected an amount in USD above 0, got "${value}".`)
  return amount
}

/** 0 stands for one that is free. */
export function parsePort(value: string): number {
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || value.trim() === '')
    throw new InvalidArgumentError(`expected a port from 0 to 65535, got "${value}".`)
  return port
}

export function parseFactor(value: string): number {
  const factor = Number(value)
  if (!Number.isFinite(factor) || factor < 0 || value.trim() === '')
    throw new InvalidArgumentError(`expected a factor from 0, got "${value}".`)
  return factor
}

export function parseInteger(value: string): number {
  const integer = Number(value)
  if (!Number.isSafeInteger(integer))
    throw new InvalidArgumentError(`expected a whole number, got "${value}".`)
  return integer
}

export function parseRegex(value: string): RegExp {
  try {
    return new RegExp(value, 'iu')
  } catch (error) {
    throw new InvalidArgumentError(`not a regular expression: ${messageOf(error)}.`)
  }
}

/** `old=new`, once a name: what was called `old` in the baseline is called `new` now. */
export function collectRenamed(
  value: string,
  previous: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = value.indexOf('=')
  const [old, now] = [value.slice(0, at).trim(), value.slice(at + 1).trim()]
  if (at === -1 || old === '' || now === '')
    throw new InvalidArgumentError(`expected OLD=NEW, as in few-shot=few-shot-v2, got "${value}".`)
  if (Object.hasOwn(previous, old)) throw new InvalidArgumentError(`"${old}" is given two new names.`)
  return { ...previous, [old]: now }
}
