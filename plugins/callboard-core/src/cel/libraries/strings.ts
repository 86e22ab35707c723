import type { Environment } from '@marcbachmann/cel-js';
import { formatText } from './formatText';

/** Type of the receiver in `strings.quote`. */
class Strings {}

/**
 * Registers functions of the strings extension that the CEL library lacks.
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
    formatText(text, values),
  );
  environment.registerType('Strings', { ctor: Strings, fields: {} });
  environment.registerConstant('strings', 'Strings', new Strings());
  add('Strings.quote(string): string', (_: Strings, text: string) =>
    quote(text),
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

const ESCAPED: Record<string, string> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(text: string): string {
  const escaped = [...text].map(character => ESCAPED[character] ?? character);
  return `"${escaped.join('')}"`;
}
