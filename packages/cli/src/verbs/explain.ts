import { readDocuments } from '../documents/readDocuments';
import { EXPLAINERS } from '../explain';
import { type ExitCode, type Io, UsageError } from '../Io';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

/** Explains a document in sentences. */
export const explain: Verb = {
  name: 'explain',
  summary: 'say in words what a decision or an object means',
  usage: `Usage: callboard explain -f FILE [options]

  -f, --file FILE      ${EXPLAINERS.map(({ reads }) => reads).join(
    ';\n                       ',
  )}. May repeat; - is standard input
  --events FILE        events of the cluster (kubectl get events -o yaml). May repeat
  --logs FILE          output of the program
  -o, --output FORMAT  text or json

Exit code: 0 as it should be, 1 not so, 2 usage`,
  run(args: string[], io: Io): ExitCode {
    const options = readArguments(args, {
      file: { type: 'string', short: 'f', multiple: true },
      events: { type: 'string', multiple: true },
      logs: { type: 'string' },
    });
    const files = options.texts('file');
    if (files.length === 0)
      throw new UsageError('-f is missing: what is to be explained?');
    const documents = readDocuments(files, io, { tolerant: true });
    const explainer = EXPLAINERS.find(({ accepts }) => documents.some(accepts));
    if (explainer === undefined) {
      throw new UsageError(
        `Nothing in ${files.join(
          ', ',
        )} can be explained; what can: ${EXPLAINERS.map(
          ({ reads }) => reads,
        ).join('; ')}`,
      );
    }
    const logs = options.text('logs');
    const { text, json, exitCode } = explainer.explain(
      documents.filter(document => explainer.accepts(document)),
      io.now(),
      {
        events: readDocuments(options.texts('events'), io, { tolerant: true }),
        logs: logs === undefined ? '' : io.readText(logs),
      },
    );
    io.out(
      options.output === 'json'
        ? JSON.stringify(json ?? { explanation: text }, undefined, 2)
        : text,
    );
    return exitCode;
  },
};
