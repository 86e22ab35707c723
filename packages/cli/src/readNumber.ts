import { UsageError } from './Io';

/** A whole number among the options; undefined when it is not given. */
export function readNumber(
  options: { text(name: string): string | undefined },
  name: string,
): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text))
    throw new UsageError(`--${name} "${text}" is not a number`);
  return Number(text);
}
