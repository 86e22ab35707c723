import { SCHEMA_NAMES, jsonSchemaOf } from '@callboard/plugin-callboard-common';
import { type ExitCode, type Io, UsageError } from '../Io';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

/** Prints the JSON schemas by which editors complete and check files. */
export const schema: Verb = {
  name: 'schema',
  summary:
    'print the JSON Schema of score.yaml, app.yaml or files of a platform',
  usage: `Usage: callboard schema ${SCHEMA_NAMES.join('|')}

Prints a JSON Schema (draft 7) for editors. The same lie in docs/schemas of the repository.

Exit code: 0 printed, 2 usage`,
  run(args: string[], io: Io): ExitCode {
    const [wanted, ...others] = readArguments(
      args,
      {},
      { takesFiles: true },
    ).positionals;
    const name = SCHEMA_NAMES.find(known => known === wanted);
    if (name === undefined || others.length > 0)
      throw new UsageError(`Which schema? One of ${SCHEMA_NAMES.join(', ')}`);
    io.out(JSON.stringify(jsonSchemaOf(name), undefined, 2));
    return 0;
  },
};
