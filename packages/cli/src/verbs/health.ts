import type { KubeObject } from '@callboard/plugin-callboard-common';
import { assessHealth } from '@callboard/plugin-callboard-core';
import { readDocuments } from '../documents/readDocuments';
import { readHealthRules } from '../health/readHealthRules';
import { readObject } from '../health/readObjects';
import { type ExitCode, type Io, UsageError } from '../Io';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

/** Judges objects of a cluster, one verdict each, in their order. */
export const health: Verb = {
  name: 'health',
  summary: 'judge objects of a cluster: healthy or not, and why',
  usage: `Usage: callboard health -f OBJECTS [options]

  -f, --file OBJECTS   objects as a cluster gives them (kubectl get … -o yaml). May repeat; - is standard input
  --rules RULES        a platform's own rules: kind: HealthRules. May repeat
  -o, --output FORMAT  text, or json: one line for each object

Status is Healthy, Suspended, Progressing, Missing, Degraded or Unknown; none for kinds without a notion of health.

Exit code: 0 whatever the healths are, 2 usage`,
  run(args: string[], io: Io): ExitCode {
    const options = readArguments(args, {
      file: { type: 'string', short: 'f', multiple: true },
      rules: { type: 'string', multiple: true },
    });
    const files = options.texts('file');
    if (files.length === 0)
      throw new UsageError('-f is missing: which objects?');
    const rules = readHealthRules(options.texts('rules'), io);
    const lines = readDocuments(files, io, { tolerant: true }).map(document => {
      const object = readObject(document);
      const line = judge(object, assessHealth(object, rules));
      return options.output === 'json'
        ? JSON.stringify(line)
        : formatLine(line);
    });
    if (lines.length > 0) io.out(lines.join('\n'));
    return 0;
  },
};

interface HealthLine {
  apiVersion: string;
  kind: string;
  namespace: string | null;
  name: string;
  status: string | null;
  reason: string | null;
  message: string | null;
}

function judge(
  { apiVersion, kind, metadata }: KubeObject,
  verdict: ReturnType<typeof assessHealth>,
): HealthLine {
  return {
    apiVersion,
    kind,
    namespace: metadata.namespace ?? null,
    name: metadata.name,
    status: verdict?.status ?? null,
    reason: verdict?.reason ?? null,
    message: verdict?.message ?? null,
  };
}

function formatLine({
  kind,
  namespace,
  name,
  status,
  message,
}: HealthLine): string {
  const where = namespace === null ? name : `${namespace}/${name}`;
  return `${(status ?? '-').padEnd(11)}  ${kind} ${where}${
    message === null ? '' : `: ${message}`
  }`;
}
