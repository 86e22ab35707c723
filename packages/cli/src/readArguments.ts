import { suggestName } from '@callboard/plugin-callboard-common';
import { parseArgs } from 'node:util';
import { UsageError } from './Io';

export interface OptionSpec {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
}

type Values = Record<
  string,
  string | boolean | Array<string | boolean> | undefined
>;

/**
 * Parses options strictly: an unknown option is a usage error.
 *
 * @param takesFiles - whether positional arguments are accepted
 * @param outputs - values of `--output`, the first is the default
 */
export function readArguments<Output extends string = 'text' | 'json'>(
  args: string[],
  options: Record<string, OptionSpec>,
  {
    takesFiles = false,
    outputs = ['text', 'json'] as string[] as Output[],
  }: { takesFiles?: boolean; outputs?: readonly Output[] } = {},
) {
  const { values, positionals } = parse(
    args,
    { ...options, output: { type: 'string', short: 'o' } },
    takesFiles,
  );
  const wanted = values.output ?? outputs[0];
  const output = outputs.find(each => each === wanted);
  if (output === undefined) {
    throw new UsageError(
      `--output can be ${outputs.join(' or ')}, not "${String(wanted)}"`,
    );
  }
  return {
    output,
    positionals,
    text(name: string): string | undefined {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    texts(name: string): string[] {
      const value = values[name];
      return Array.isArray(value)
        ? value.filter((item): item is string => typeof item === 'string')
        : [];
    },
    flag: (name: string): boolean => values[name] === true,
  };
}

function parse(
  args: string[],
  options: Record<string, OptionSpec>,
  allowPositionals: boolean,
): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals }) as {
      values: Values;
      positionals: string[];
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [, dashes, name] = /'(--?)([^']*)'/.exec(message) ?? [];
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || name === undefined)
      throw new UsageError(message);
    const meant = suggestName(name, Object.keys(options));
    const guess = meant ? `; did you mean --${meant}?` : '';
    throw new UsageError(`${dashes}${name} is not an option${guess}`);
  }
}
