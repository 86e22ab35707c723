import type { z } from 'zod';
import type { FieldPath } from './formatPath';

/** Parts of a schema's definition in which fields are found. */
interface Def {
  type: string;
  shape?: Record<string, z.core.$ZodType>;
  valueType?: z.core.$ZodType;
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  in?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
}

const MOST_LETTERS = 40; // longer names are not typing errors
const MOST_SLIPS = 3;

/** Suggests the known field that is nearest to an unknown one, where one is near enough. */
export function suggestField(
  schema: z.core.$ZodType,
  path: FieldPath,
  field: string,
): string | undefined {
  return suggestName(field, fieldsAt(schema, path));
}

/** Suggests the name that is nearest to an unknown one, where one is near enough. */
export function suggestName(
  word: string,
  names: readonly string[],
): string | undefined {
  if (word.length > MOST_LETTERS) return undefined;
  const [nearest] = names
    .filter(({ length }) => Math.abs(length - word.length) <= MOST_SLIPS)
    .map(name => ({ name, distance: distanceOf(word, name) }))
    .filter(
      ({ name, distance }) =>
        distance <=
        Math.min(MOST_SLIPS, Math.max(1, Math.floor(name.length / 3))),
    )
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return nearest?.name;
}

/** Explains an unknown field; undefined where there is no special explanation. */
export type ExplainField = (
  field: string,
  known: readonly string[],
) => { why: string; next: string } | undefined;

// Keyed by the definition, which copies of a schema with another description share.
const EXPLANATIONS = new WeakMap<object, ExplainField>();

/** Attaches an explanation for unknown fields to a schema and those within it. */
export function explainingFields<T extends z.core.$ZodType>(
  schema: T,
  explain: ExplainField,
): T {
  EXPLANATIONS.set(schema._zod.def, explain);
  return schema;
}

/** Explains why a field is refused, by the nearest schema around it with an explanation. */
export function explainField(
  schema: z.core.$ZodType,
  path: FieldPath,
  field: string,
): ReturnType<ExplainField> {
  const explain = path
    .map((_, index) => path.slice(0, index + 1))
    .concat([[]])
    .sort((a, b) => b.length - a.length)
    .flatMap(upTo => definitionsAt(schema, upTo))
    .map(definition => EXPLANATIONS.get(definition))
    .find(each => each !== undefined);
  return explain?.(field, fieldsAt(schema, path));
}

function fieldsAt(schema: z.core.$ZodType, path: FieldPath): string[] {
  return definitionsAt(schema, path).flatMap(({ shape }) =>
    shape ? Object.keys(shape) : [],
  );
}

function definitionsAt(schema: z.core.$ZodType, path: FieldPath): Def[] {
  return path
    .reduce<z.core.$ZodType[]>(
      (schemas, part) =>
        schemas.flatMap(open).flatMap(({ shape, valueType, element }) => {
          const next = shape?.[String(part)] ?? valueType ?? element;
          return next ? [next] : [];
        }),
      [schema],
    )
    .flatMap(open);
}

/** Returns the definitions inside of wrapping schemas. */
function open(schema: z.core.$ZodType): Def[] {
  const def = schema._zod.def as unknown as Def;
  if (def.options) return def.options.flatMap(open);
  const inner = def.innerType ?? def.in;
  return inner ? open(inner) : [def];
}

/** Counts the letters that are added, left out, changed, or swapped with their neighbour. */
function distanceOf(one: string, other: string): number {
  const a = one.toLowerCase();
  const b = other.toLowerCase();
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
