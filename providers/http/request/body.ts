import { isFields } from '../../shared/fields.ts'
import { ConfigError, messageOf } from '../../../harness/model/errors.ts'
import { CallError } from '../call-error.ts'
import type { Engine, Template, Values } from '../template/engine.ts'
import { compileValue } from '../template/value.ts'
import { asText } from './url.ts'

export interface BodyTemplate {
  readonly templates: readonly Template[]
  /** What the content is unless a header says so. */
  readonly contentType: string
  /**
   * @param contentType of the request, as its header says
   * @param added members put into a body that is a map
   * @throws {CallError} `invalid` where the text was to be JSON and is none
   */
  render(values: Values, contentType: string, added: Values): string
}

const JSON_TYPE = 'application/json'
const FORM = /^application\/x-www-form-urlencoded\b/i
/** Of a template: `{"q": {{ prompt | dump }}}`, but not `[INST] {{prompt}}`. */
const LOOKS_LIKE_JSON = /^\s*(?:\{\s*(?:["}]|\{%)|\[\s*["{[\]])/
const IS_JSON = /^application\/(?:[\w.-]+\+)?json\b/i

/**
 * A body written as a map or a list, or as a text that is JSON as it stands, is rendered text by text and sent as JSON, or as a
 * form where the header says so. Any other text is one template.
 */
export function compileBody(body: unknown, engine: Engine): BodyTemplate {
  const parsed = typeof body === 'string' ? parsedJson(body) : body
  if (parsed === undefined) return compileText(body as string, engine)
  const template = compileValue(parsed, ['body'], engine)
  return {
    templates: template.templates,
    contentType: JSON_TYPE,
    render: (values, contentType, added) => {
      const rendered = template.render(values)
      const whole = isFields(rendered) ? { ...rendered, ...added } : rendered
      return FORM.test(contentType) && isFields(whole) ? formOf(whole) : JSON.stringify(whole ?? null)
    },
  }
}

/** @throws {ConfigError} where nothing could be put into the body */
export function checkAddition(body: unknown): void {
  if (!isFields(typeof body === 'string' ? parsedJson(body) : body))
    throw new ConfigError(
      'http: config.session.send.body: there is no map to put it into',
      ['session', 'send', 'body'],
      false,
      'write `body` as a map, or put `{{sessionId}}` where the id belongs',
    )
}

function compileText(text: string, engine: Engine): BodyTemplate {
  if (text.startsWith('file://'))
    throw new ConfigError('http: no file is read for the body', ['body'], false, 'write it into the suite')
  const template = engine.compile(text, ['body'])
  return {
    templates: [template],
    contentType: LOOKS_LIKE_JSON.test(text) ? JSON_TYPE : 'text/plain; charset=utf-8',
    render: (values, contentType) => {
      const rendered = template.render(values)
      if (IS_JSON.test(contentType)) checkJson(rendered)
      return rendered
    },
  }
}

/** Refused here, it costs no call, and says why. */
function checkJson(text: string): void {
  try {
    JSON.parse(text)
  } catch (error) {
    throw new CallError(
      'invalid',
      `the body is not JSON once it is rendered (${messageOf(error)}): write it as a map, or use \`| dump\``,
    )
  }
}

function parsedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function formOf(map: Values): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(map))
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      if (each !== null) form.append(name, asText(each))
  return form.toString()
}
