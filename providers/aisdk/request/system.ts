import type { Vendor } from '../vendor.ts'

/** promptfoo renders Gemini's `systemInstruction`, and no other vendor's system prompt, with a case's variables. */
export async function renderedSystem(
  system: string | undefined,
  vendor: Vendor,
  vars: Readonly<Record<string, unknown>> = {},
): Promise<string | undefined> {
  if (system === undefined || vendor !== 'google' || !/\{[{%]/.test(system)) return system
  const { default: nunjucks } = await import('nunjucks')
  return new nunjucks.Environment(null, { autoescape: false }).renderString(system, vars)
}
