import { z } from 'zod'

/** Works out a method's answer from an entry's inputs. Throws a ZodError for inputs that are not the method's. */
export type Method = (inputs: unknown) => unknown

/** A method by the inputs it takes and what it makes of them. */
export function method<Shape extends z.ZodRawShape>(
  shape: Shape,
  answer: (inputs: z.infer<z.ZodObject<Shape>>) => unknown,
): Method {
  const schema = z.object(shape)
  return (inputs) => answer(schema.parse(inputs))
}

/** Cluster ids of the cases, or none. */
export const clusters = z
  .array(z.union([z.number(), z.string()]))
  .nullish()
  .transform((ids) => ids ?? undefined)
