import { type Io, UsageError, runCommand } from '@callboard/cli';
import {
  type KubeObject,
  type PlatformFile,
  ProblemError,
  parseAppFile,
  parsePlatformFiles,
  parseScore,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';
import { readKubeObject } from '@callboard/plugin-callboard-control-plane';
import {
  assessHealth,
  assessObjects,
  checkWorkloads,
  diagnose,
  namespaceOf,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';

const NOW = new Date('2026-11-21T12:00:00Z');
const FILE = { file: 'hostile.yaml' };

/** Something of the product that reads a text of others, and what becomes of it. */
export interface Reader {
  name: string;
  /** Throws a `ProblemError` or a `UsageError`, which tell the cause; anything else is a fault of ours. */
  read(text: string): void;
}

/** What is read of a push, of the platform's files, of what clusters say, and of files given to the command line. */
export const READERS: Reader[] = [
  {
    name: 'a pushed score.yaml, as far as its objects',
    read(text) {
      const score = parseScore(text, FILE);
      if (!score.ok) return;
      const { workload } = score.value;
      namespaceOf(workload.metadata.name, 'dev');
      checkWorkloads({ app: 'shop', workloads: [{ workload }], files: {} });
    },
  },
  { name: 'a pushed app.yaml', read: text => void parseAppFile(text, FILE) },
  {
    name: 'files of the platform, as far as its environments',
    read(text) {
      const files = parsePlatformFiles(text, FILE);
      if (!files.ok) return;
      const environments = files.value.filter(isEnvironment);
      resolveEnvironments(environments, undefined);
    },
  },
  {
    name: 'objects of a cluster, as far as health and findings',
    read(text) {
      const objects = objectsIn(text);
      objects.forEach(object => assessHealth(object));
      assessObjects(objects, NOW);
      diagnose(
        {
          app: 'shop',
          environment: 'dev',
          cluster: 'eu-1',
          objects,
          events: objects,
          logs: Object.fromEntries(
            objects.map(({ metadata }) => [metadata.name, text]),
          ),
        },
        NOW,
      );
    },
  },
  ...[
    'health -f f',
    'explain -f f',
    'rollout -f f',
    'place -f f --clusters f',
  ].map(
    (line): Reader => ({
      name: `callboard ${line}`,
      read: text => void runCommand(line.split(' '), ioOf(text)),
    }),
  ),
];

/** True for what says to people why it goes no further. */
export function isExplained(error: unknown): boolean {
  return error instanceof ProblemError || error instanceof UsageError;
}

function isEnvironment(
  file: PlatformFile,
): file is PlatformFile & { kind: 'Environment' } {
  return file.kind === 'Environment';
}

function objectsIn(text: string): KubeObject[] {
  const documents = parseYamlDocuments(text, FILE);
  return documents.ok
    ? documents.value.flatMap(({ value }) => readKubeObject(value) ?? [])
    : [];
}

function ioOf(text: string): Io {
  return { readText: () => text, out() {}, err() {}, now: () => NOW };
}
