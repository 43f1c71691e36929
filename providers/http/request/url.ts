import { ConfigError } from '../../../harness/model/errors.ts'
import { shownAddress } from '../../shared/shown-address.ts'
import { CallError } from '../call-error.ts'
import type { HttpConfig } from '../config.ts'
import type { Engine, Template, Values } from '../template/engine.ts'
import { compileValue } from '../template/value.ts'

export interface UrlTemplate {
  readonly templates: readonly Template[]
  /** @throws {CallError} `invalid` for what is no address */
  render(values: Values): URL
}

/** @throws {ConfigError} for an address that is wrong whatever its variables are */
export function compileUrl(config: HttpConfig, engine: Engine): UrlTemplate {
  const url = engine.compile(config.url, ['url'])
  const key = config.queryParams === undefined ? 'query' : 'queryParams'
  const query = Object.entries(config[key] ?? {}).map(
    ([name, value]) => [name, compileValue(value, [key, name], engine)] as const,
  )
  if (url.names.size === 0) {
    const problem = problemOf(config.url)
    if (problem !== undefined) throw new ConfigError(`http: config.url: ${problem}`, ['url'], false)
  }
  return {
    templates: [url, ...query.flatMap(([, { templates }]) => templates)],
    render: (values) => {
      const text = url.render(values).trim()
      const problem = problemOf(text)
      if (problem !== undefined) throw new CallError('invalid', `the url: ${problem}`)
      const address = new URL(text)
      for (const [name, template] of query) {
        const value = template.render(values)
        for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
          if (each !== undefined && each !== null) address.searchParams.append(name, asText(each))
      }
      return address
    },
  }
}

/** A value where only text can stand. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function problemOf(text: string): string | undefined {
  const expected = 'expected an address like http://localhost:8000/ask'
  if (!URL.canParse(text)) return `${expected}, and it is \`${shownAddress(text).slice(0, 100)}\``
  const { protocol } = new URL(text)
  return protocol === 'http:' || protocol === 'https:' ? undefined : `${expected}, not ${protocol}`
}
