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

/** Reads options strictly: what is not known is a usage error. `--output` may be `text` or `json`. */
export function readArguments(
  args: string[],
  options: Record<string, OptionSpec>,
) {
  const values = parse(args, {
    ...options,
    output: { type: 'string', short: 'o' },
  });
  const output = values.output ?? 'text';
  if (output !== 'text' && output !== 'json') {
    throw new UsageError(
      `--output can be text or json, not "${String(output)}"`,
    );
  }
  return {
    output,
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

function parse(args: string[], options: Record<string, OptionSpec>): Values {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false })
      .values as Values;
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message : String(error),
    );
  }
}
