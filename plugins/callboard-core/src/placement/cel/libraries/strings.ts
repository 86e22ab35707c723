import type { Environment } from '@marcbachmann/cel-js';

/**
 * What the CEL library lacks of the strings extension.
 *
 * Source: google/cel-go ext/strings.go, version 0 with `format` and `quote`.
 */
export function registerStrings(environment: Environment): void {
  const add = environment.registerFunction.bind(environment);
  add('string.charAt(int): string', charAt);
  add(
    'string.replace(string, string): string',
    (text: string, from: string, to: string) =>
      replace(text, from, to, Infinity),
  );
  add(
    'string.replace(string, string, int): string',
    (text: string, from: string, to: string, limit: bigint) =>
      replace(text, from, to, limit < 0n ? Infinity : Number(limit)),
  );
  add('string.reverse(): string', (text: string) =>
    [...text].reverse().join(''),
  );
  add('string.format(list<dyn>): string', (text: string, values: unknown[]) =>
    format(text, values),
  );
}

function charAt(text: string, index: bigint): string {
  const characters = [...text];
  const at = Number(index);
  if (at < 0 || at > characters.length)
    throw new Error(`index out of range: ${at}`);
  return characters[at] ?? '';
}

function replace(
  text: string,
  from: string,
  to: string,
  limit: number,
): string {
  const parts = text.split(from);
  const count = Math.min(limit, parts.length - 1);
  if (count === parts.length - 1) return parts.join(to);
  return [parts.slice(0, count + 1).join(to), ...parts.slice(count + 1)].join(
    from,
  );
}

/** `%s %d %f %e %x %X %o %b %%`, with a precision for `%f` and `%e`. */
function format(text: string, values: unknown[]): string {
  let next = 0;
  return text.replace(
    /%(?:\.(\d+))?([a-zA-Z%])/g,
    (_, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (next >= values.length)
        throw new Error('format has too few arguments');
      const value = values[next];
      next += 1;
      return formatOne(
        verb,
        value,
        precision === undefined ? 6 : Number(precision),
      );
    },
  );
}

function formatOne(verb: string, value: unknown, precision: number): string {
  switch (verb) {
    case 's':
      return asText(value);
    case 'd':
      return String(wholeOf(value));
    case 'f':
      return Number(value).toFixed(precision);
    case 'e':
      return Number(value)
        .toExponential(precision)
        .replace(/e([+-])(\d)$/, 'e$10$2');
    case 'x':
      return wholeOf(value).toString(16);
    case 'X':
      return wholeOf(value).toString(16).toUpperCase();
    case 'o':
      return wholeOf(value).toString(8);
    case 'b':
      return (
        typeof value === 'boolean' ? BigInt(value) : wholeOf(value)
      ).toString(2);
    default:
      throw new Error(`unknown format verb %${verb}`);
  }
}

function wholeOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  throw new Error('a whole number is needed');
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(', ')}]`;
  return String(value);
}
