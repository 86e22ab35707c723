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
 * Reads options strictly: what is not known is a usage error. `--output` may be `text` or `json`.
 *
 * @param takesFiles - whether names may stand beside the options
 */
export function readArguments(
  args: string[],
  options: Record<string, OptionSpec>,
  { takesFiles = false }: { takesFiles?: boolean } = {},
) {
  const { values, positionals } = parse(
    args,
    { ...options, output: { type: 'string', short: 'o' } },
    takesFiles,
  );
  const output = values.output ?? 'text';
  if (output !== 'text' && output !== 'json') {
    throw new UsageError(
      `--output can be text or json, not "${String(output)}"`,
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
    throw new UsageError(
      error instanceof Error ? error.message : String(error),
    );
  }
}
