import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Result } from '@callboard/plugin-callboard-common';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { withParents } from '../../../../plugins/callboard-images-node/src/base/collectBaseEntries';
import type { LayerEntry } from '../../../../plugins/callboard-images-node/src/layers/LayerEntry';
import { listEntries } from '../../../../plugins/callboard-images-node/src/layers/listEntries';
import { packLayer } from '../../../../plugins/callboard-images-node/src/layers/packLayer';
import { digestOf } from '../../../../plugins/callboard-images-node/src/oci/digestOf';
import { MEDIA_TYPES } from '../../../../plugins/callboard-images-node/src/oci/types';
import {
  RegistrySession,
  pushBlob,
  pushManifest,
} from '../../../../plugins/callboard-images-node/src/registry';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { POSTGRES_PROGRAMS } from '../../support/PostgresServer';

const run = promisify(execFile);
const DEADLINE_MS = 60_000;

/** What the provisioner offers; Debian has one of them. */
const OFFERED = ['15', '16', '17'];
const UID = 999; // as the image of Docker Hub has it

/** What the image of Docker Hub does at its start, as far as Callboard asks for it. */
const ENTRYPOINT = `#!/bin/sh
set -e
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C
  printf '' > /tmp/password
  printf 'host all all all scram-sha-256\\n' >> "$PGDATA/pg_hba.conf"
  printf 'CREATE DATABASE "%s";\\n' "$POSTGRES_DB" | postgres --single -j postgres
fi
exec postgres -c listen_addresses='*'
`;

/** The version of PostgreSQL that this machine has and Callboard offers; undefined without one. */
export const POSTGRES_VERSION = OFFERED.find(
  version =>
    POSTGRES_PROGRAMS !== undefined &&
    basename(dirname(POSTGRES_PROGRAMS)) === version,
);

/** Makes an image of this machine's PostgreSQL by our own layer writer and pushes it as `library/postgres`. */
export async function pushPostgresImage({
  registry,
  folder,
}: {
  registry: string;
  /** For the layer. */
  folder: string;
}): Promise<void> {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const layer = await packLayer(await collectEntries(), {
    folder,
    newId: randomUUID,
    compression: 'fast',
  });
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      config: {
        User: `${UID}:${UID}`,
        Env: [`PATH=${POSTGRES_PROGRAMS}:/usr/bin:/bin`],
        Entrypoint: ['/entrypoint.sh'],
        StopSignal: 'SIGINT', // does not wait until clients have gone, as SIGTERM does
      },
      rootfs: { type: 'layers', diff_ids: [layer.diffId] },
    }),
  );
  const configDescriptor = {
    mediaType: MEDIA_TYPES.config,
    digest: digestOf(config),
    size: config.length,
  };
  const session = new RegistrySession({
    registry,
    insecure: true,
    pause: ms => wait(ms),
    random: Math.random,
  });
  const to = {
    repository: 'library/postgres',
    signal: AbortSignal.timeout(DEADLINE_MS),
  };
  mustWork(
    await pushBlob(session, {
      ...to,
      descriptor: layer.descriptor,
      source: { from: 'disk', path: layer.file },
    }),
  );
  mustWork(
    await pushBlob(session, {
      ...to,
      descriptor: configDescriptor,
      source: { from: 'bytes', bytes: config },
    }),
  );
  mustWork(
    await pushManifest(session, {
      ...to,
      tag: `${POSTGRES_VERSION}`,
      document: {
        schemaVersion: 2,
        mediaType: MEDIA_TYPES.manifest,
        config: configDescriptor,
        layers: [layer.descriptor],
      },
    }),
  );
}

async function collectEntries(): Promise<LayerEntry[]> {
  const home = dirname(POSTGRES_PROGRAMS!);
  const share = `/usr/share/postgresql/${POSTGRES_VERSION}`;
  const programs = [
    ...['postgres', 'initdb', 'psql'].map(name => join(home, 'bin', name)),
    '/bin/sh',
    '/bin/sleep',
  ];
  const libraries = new Set((await Promise.all(programs.map(ldd))).flat());
  const files = await Promise.all(
    [...programs, ...libraries].map(path => fileEntry(path)),
  );
  return withParents([
    ...files,
    // Without the compiler of queries, which would bring LLVM.
    ...(await listEntries(join(home, 'lib'), join(home, 'lib').slice(1), path =>
      /^(?:llvmjit|bitcode|pgxs)/.test(path),
    )),
    ...(await listEntries(share, share.slice(1), path => path === 'man')),
    { kind: 'directory', path: 'tmp', mode: 0o1777 },
    { kind: 'directory', path: 'var/run/postgresql', mode: 0o1777 },
    textEntry('entrypoint.sh', ENTRYPOINT, true),
    textEntry('etc/passwd', `postgres:x:${UID}:${UID}::/:/bin/sh\n`),
    textEntry('etc/group', `postgres:x:${UID}:\n`),
  ]);
}

async function ldd(program: string): Promise<string[]> {
  const { stdout } = await run('ldd', [program]);
  return [...stdout.matchAll(/(?<!\S)(\/\S+) \(0x/g)].map(match => match[1]);
}

async function fileEntry(path: string): Promise<LayerEntry> {
  const source = await realpath(path);
  const { size } = await stat(source);
  return {
    kind: 'file',
    path: path.slice(1),
    isExecutable: true,
    content: { from: 'disk', path: source, size },
  };
}

function textEntry(
  path: string,
  text: string,
  isExecutable = false,
): LayerEntry {
  return {
    kind: 'file',
    path,
    isExecutable,
    content: { from: 'bytes', bytes: Buffer.from(text) },
  };
}

function mustWork(result: Result<unknown>): void {
  if (result.ok) return;
  const { what, why } = result.problem;
  throw new Error(`${what}: ${why}`);
}
