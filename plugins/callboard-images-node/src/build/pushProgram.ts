import { createHash } from 'node:crypto';
import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { BaseImage } from '../base';
import { NONROOT, withParents } from '../base/collectBaseEntries';
import { type Layer, packLayer } from '../layers/packLayer';
import type { ImageConfig } from '../oci/types';
import { type RegistrySession, readManifest } from '../registry';
import { pushImage } from './pushImage';

/** One of Callboard's own programs: a few files, one of which Node.js runs. */
export interface OwnProgram {
  /** Name of its repository, and of its folder in the image: `callboard-agent`. */
  name: string;
  version: string;
  title: string;
  /** Contents by path in its folder. */
  files: Record<string, Uint8Array>;
  /** Path of the file that Node.js runs. */
  main: string;
}

const FOLDER = 'usr/local/lib';
const NODE = '/usr/local/bin/node';
/** Increased whenever the content of such images changes. */
const RECIPE = 1;

/** Pushes the image of a program, unless the registry has it. @returns its digest */
export async function pushProgram(
  target: RegistrySession,
  program: OwnProgram,
  of: {
    repository: string;
    base: BaseImage;
    baseSession: RegistrySession;
    /** For the layer while it is built. */
    workFolder: string;
    /** For base layers that are copied from another registry. */
    cacheFolder: string;
    newId: () => string;
    signal: AbortSignal;
  },
): Promise<Result<string>> {
  const { repository, base, baseSession, newId, signal } = of;
  const tag = tagOf(program, base);
  const present = await readManifest(target, {
    repository,
    reference: tag,
    signal,
  });
  if (!present.ok) return present;
  if (present.value) return ok(present.value.descriptor.digest);
  const layer = await packLayer(
    withParents(
      Object.entries(program.files).map(([path, bytes]) => ({
        kind: 'file',
        path: `${FOLDER}/${program.name}/${path}`,
        isExecutable: path === program.main,
        content: { from: 'bytes', bytes },
      })),
    ),
    { folder: of.workFolder, newId },
  );
  const pushed = await pushImage(target, {
    repository,
    tag,
    base,
    baseSession,
    layers: [layer],
    config: renderProgramConfig(program, base, layer),
    folder: of.cacheFolder,
    newId,
    signal,
  });
  return pushed.ok ? ok(pushed.value.descriptor.digest) : pushed;
}

/** Contains a hash of the content, so that the tag identifies the image. */
function tagOf({ version, files, main }: OwnProgram, base: BaseImage): string {
  const hash = createHash('sha256').update(
    JSON.stringify([RECIPE, base.digest, main]),
  );
  for (const path of Object.keys(files).sort())
    hash.update(JSON.stringify([path, files[path].length])).update(files[path]);
  const inside = hash.digest('hex');
  return `${version.replace(/[^\w.-]/g, '_').slice(0, 80)}-${inside.slice(
    0,
    12,
  )}`;
}

/** Contains no time: the same program gives the same digest on any day. */
function renderProgramConfig(
  { name, version, title, main }: OwnProgram,
  base: BaseImage,
  layer: Layer,
): ImageConfig {
  const { config, architecture, os, rootfs } = base.config;
  return {
    architecture,
    os,
    config: {
      ...config,
      User: `${NONROOT}:${NONROOT}`,
      WorkingDir: '/',
      Entrypoint: [NODE, `/${FOLDER}/${name}/${main}`],
      Cmd: [],
      Labels: {
        ...config.Labels,
        'org.opencontainers.image.title': title,
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.base.name': `${base.registry}/${base.repository}`,
        'org.opencontainers.image.base.digest': base.digest,
      },
    },
    rootfs: { type: 'layers', diff_ids: [...rootfs.diff_ids, layer.diffId] },
  };
}
