import { Ajv2020 } from 'ajv/dist/2020.js'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv } from 'ajv'
import type { ErrorObject, Options } from 'ajv'
import formats from 'ajv-formats'
import { patternOf } from '../shared/pattern.ts'
import type { Path, Problem, Validator } from './problem.ts'
import { formsOf, takeForms } from './ajv-unions.ts'
import type { Kept } from './ajv-unions.ts'
import { uniqueItems } from './unique-items.ts'

type RegExpEngine = NonNullable<NonNullable<Options['code']>['regExp']>

/** Linear in time: a schema's pattern meets text that a model wrote. */
const linear: RegExpEngine = Object.assign(
  (pattern: string) => {
    const compiled = patternOf(pattern)
    // The library tells patterns apart by their text.
    return { test: (text: string) => compiled.test(text), toString: () => pattern }
  },
  { code: 'linear' },
)

const OPTIONS: Options = {
  allErrors: true,
  // What a schema says of a value is only told by what it was compiled from.
  verbose: true,
  // A keyword or a format that does not exist is a mistake; that types are implied is none.
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  // 19.99 is a multiple of 0.01, whatever binary fractions make of it.
  multipleOfPrecision: 6,
  logger: false,
  code: { regExp: linear },
}

const DIALECTS = [
  ['2020-12', Ajv2020],
  ['2019-09', Ajv2019],
  ['draft-07', Ajv],
] as const
const KNOWN = DIALECTS.map(([version]) => version).join(', ')

/**
 * A JSON Schema of 2020-12, or of 2019-09 or draft-07 where its `$schema` says so.
 * @throws Error where it is none
 */
export function jsonSchemaValidator(schema: Record<string, unknown>): Validator {
  const dialect = schema['$schema'] ?? '2020-12'
  const said = typeof dialect === 'string' ? dialect : JSON.stringify(dialect)
  const [, Dialect] = DIALECTS.find(([version]) => said.includes(version)) ?? []
  if (Dialect === undefined) throw new Error(`$schema is none of ${KNOWN}: ${said}`)
  // The library's own keyword: its verdict would be a promise.
  if ('$async' in schema) throw new Error('$async is no keyword of JSON Schema')
  const ajv = new Dialect(OPTIONS)
  formats.default(ajv)
  ajv.removeKeyword('uniqueItems').addKeyword(uniqueItems)
  const validate = ajv.compile(schema)
  return {
    problemsOf: (value) => (validate(value) ? [] : problemsIn(validate.errors ?? [])),
    jsonSchema: schema,
  }
}

/** The errors as problems, those of a union's forms within their union. */
function problemsIn(errors: readonly ErrorObject[]): readonly Problem[] {
  const kept: Kept[] = []
  for (const error of errors) {
    const forms = formsOf(error)
    // What `if` demanded is an error of its own.
    if (error.keyword === 'if') continue
    const path = pathOf(error.instancePath)
    const problem: Problem =
      forms === undefined
        ? problemOf(error, path)
        : { path, fault: { is: 'union', forms: takeForms(kept, error, forms) } }
    kept.push({ error, problem })
  }
  return kept.map(({ problem }) => problem)
}

function problemOf(
  { keyword, params, parentSchema, message = 'is not valid' }: ErrorObject,
  path: Path,
): Problem {
  switch (keyword) {
    case 'type':
      return { path, fault: { is: 'type', types: [params['type']].flat().map(String) } }
    case 'required':
    case 'dependentRequired':
    case 'dependencies':
      return { path: [...path, String(params['missingProperty'])], fault: { is: 'missing' } }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const extra = String(params['additionalProperty'] ?? params['unevaluatedProperty'])
      return {
        path: [...path, extra],
        fault: { is: 'extra', known: Object.keys(parentSchema?.['properties'] ?? {}) },
      }
    }
    case 'enum':
      return { path, fault: { is: 'values', allowed: params['allowedValues'] as unknown[] } }
    case 'const':
      return { path, fault: { is: 'values', allowed: [params['allowedValue']] } }
    case 'oneOf':
      return { path, fault: { is: 'rule', says: 'fits several forms of which it may fit only one' } }
    default:
      return { path, fault: { is: 'rule', says: message } }
  }
}

function pathOf(instancePath: string): Path {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
