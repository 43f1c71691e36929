import validator from 'validator'
import { before, matches, type Finder } from './found.ts'

const V4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)/g
const V6 = /(?<![\p{L}\d:.])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?![\p{L}\d:])/giu
/** Digits with dots that are numbered so, one or a list of them. */
const VERSION =
  /(?:\bv|version|release|build|firmware|driver|kernel|revision|section|clause|paragraph|chapter|§)s?\.?\s?(?:[\d.]+(?:,|\sand|\sor|\sto|,\sand)\s)*$/i
/** Networks that lead to nobody: private, loopback, link-local, shared, multicast, those of examples (RFC 6890, 5737). */
const NOT_PUBLIC =
  /^(?:0|10|127|22[4-9]|2[3-5]\d)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^192\.0\.[02]\.|^198\.(?:1[89]|51\.100)\.|^203\.0\.113\./
/** Global unicast, but for the addresses of examples (RFC 4291, 3849). */
const PUBLIC_V6 = /^[23](?!001:0?db8:)[\da-f]{3}:/i

/** Public addresses of the internet. */
export const publicIps: Finder = (text) => [
  ...v4(text, (address) => !NOT_PUBLIC.test(address)),
  ...v6(text, (address) => PUBLIC_V6.test(address)),
]

/** Private ones too. */
export const allIps: Finder = (text) => [
  ...v4(text, () => true),
  ...v6(text, (address) => /[\da-f]/i.test(address)),
]

function v4(text: string, isMeant: (address: string) => boolean): ReturnType<Finder> {
  return matches(
    text,
    V4,
    (address, start) =>
      validator.isIP(address, '4') && isMeant(address) && !VERSION.test(before(text, start)),
  )
}

function v6(text: string, isMeant: (address: string) => boolean): ReturnType<Finder> {
  return matches(text, V6, (address) => validator.isIP(address, '6') && isMeant(address))
}
