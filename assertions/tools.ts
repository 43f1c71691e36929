import type { CheckContext, CheckSetup, CheckVerdict } from '../harness/model/custom-check.ts'
import { ConfigError, messageOf } from '../harness/model/errors.ts'
import { fromVars } from './shared/from-vars.ts'
import { replyText } from './shared/reply-text.ts'
import type { CallRule, Rules } from './tools/config.ts'
import { readConfig, readRules } from './tools/config.ts'
import { compile } from './tools/fits.ts'
import { judge } from './tools/judge.ts'
import { readTrajectory } from './tools/read-trajectory.ts'
import type { Trajectory } from './tools/step.ts'

/** Where providers that run an agent keep its way. */
const USUAL_PLACES = ['metadata.trajectory', 'metadata.messages']
const ASKS_SOMETHING = ['expected', 'forbidden', 'maxSteps', 'loops', 'recovery', 'final']

/**
 * Measures the way an agent took: whether it made the expected calls (`order`: exact, in-order, any, subset) with the right arguments,
 * none that is forbidden, no more than `maxSteps`, without going round in circles, went on after a tool's error, and ended with the answer.
 *
 * Score 0 to 1: the share of expected calls that is right in tool and arguments, halved for each other rule that is broken, 0 where a
 * forbidden call was made. It passes when every rule holds. Named scores: `calls` (right by tool) and `args` (of those, right arguments).
 *
 * How it can be wrong: another way that also solves the task is marked down; results that differ in a time stamp hide a loop, and polling
 * for a change that never comes is one; a tool's error that is told in a sentence is not seen unless it begins with "error"; after an
 * error, anything that worked counts as recovery.
 *
 * @throws where the case has no value for a template of the config, or the response nothing at `from`
 */
export default function tools(output: unknown, context: CheckContext): CheckVerdict {
  const rules = readRules(fromVars(context.config ?? {}, context.vars) as Record<string, unknown>)
  return judge(trajectoryOf(output, context, rules.from), rules)
}

/** @throws ConfigError for a mistake in the config, a schema that is none among it */
export function configure(config: Readonly<Record<string, unknown>>): CheckSetup {
  const { expected, forbidden } = readConfig(config)
  if (!ASKS_SOMETHING.some((key) => config[key] !== undefined)) {
    const hint = `it takes ${ASKS_SOMETHING.map((key) => `\`${key}\``).join(', ')}`
    throw new ConfigError('tools: config asks nothing of the calls', [], false, hint)
  }
  checkSchemas('expected', expected)
  checkSchemas('forbidden', forbidden)
  return {}
}

function checkSchemas(name: string, rules: readonly CallRule[] | string | undefined): void {
  if (!Array.isArray(rules)) return
  for (const [index, { schema }] of (rules as readonly CallRule[]).entries()) {
    if (schema === undefined || typeof schema === 'string') continue
    try {
      compile(schema)
    } catch (error) {
      const message = `tools: config.${name}.${index}.schema is no JSON Schema: ${messageOf(error)}`
      throw new ConfigError(message, [name, index, 'schema'], false)
    }
  }
}

/** From where the config says; else from where the provider keeps it; else from the reply. @throws Error where there is nothing */
function trajectoryOf(
  output: unknown,
  { providerResponse = {} }: CheckContext,
  from: Rules['from'],
): Trajectory {
  const places = from === undefined ? USUAL_PLACES : [from]
  const found = places.map((path) => lookUp(providerResponse, path)).find((value) => value !== undefined)
  if (found === undefined && from !== undefined)
    throw new Error(`the provider's response has nothing at \`${from}\``)
  const { steps, final } = readTrajectory(found ?? output)
  // A log of calls alone, or an answer in JSON: the reply is what the agent said at the end.
  const isSaid = final === '' && (found !== undefined || steps.length === 0)
  return { steps, final: isSaid ? replyText(output) : final }
}

function lookUp(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
          ? (inner as Record<string, unknown>)[key]
          : undefined,
      value,
    )
}
