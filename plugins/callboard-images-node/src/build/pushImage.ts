import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  type Result,
  failed,
  ok,
  type Problem,
} from '@callboard/plugin-callboard-common';
import type { BaseImage } from '../base/BaseImage';
import type { Layer } from '../layers/packLayer';
import { digestOf } from '../oci/digestOf';
import {
  type Descriptor,
  type ImageConfig,
  type ImageManifest,
  MEDIA_TYPES,
} from '../oci/types';
import { type RegistrySession, pushBlob, pushManifest } from '../registry';

/** Result of pushing an image. */
export interface PushedImage {
  descriptor: Descriptor;
  /** Bytes of layers that were sent over the network. */
  movedBytes: number;
}

/**
 * Pushes an image: base layers (mounted or copied), own layers, configuration,
 * manifest. Blobs that the registry has are not sent.
 */
export async function pushImage(
  target: RegistrySession,
  input: {
    repository: string;
    tag: string;
    base: BaseImage;
    /** Registry of the base layers, for those that the target does not have. */
    baseSession: RegistrySession;
    layers: readonly Layer[];
    config: ImageConfig;
    folder: string;
    newId: () => string;
    signal: AbortSignal;
  },
): Promise<Result<PushedImage>> {
  const { repository, tag, base, layers, config, signal } = input;
  let movedBytes = 0;
  const configBytes = Buffer.from(JSON.stringify(config));
  const configDescriptor = {
    mediaType: MEDIA_TYPES.config,
    digest: digestOf(configBytes),
    size: configBytes.length,
  };
  for (const descriptor of base.layers) {
    const brought = await bringBaseLayer(target, descriptor, input);
    if (!brought.ok) return brought;
    movedBytes += brought.value;
  }
  const own = [
    ...layers.map(({ descriptor, file }) => ({
      descriptor,
      source: { from: 'disk' as const, path: file },
    })),
    {
      descriptor: configDescriptor,
      source: { from: 'bytes' as const, bytes: configBytes },
    },
  ];
  for (const blob of own) {
    const pushed = await pushBlob(target, { repository, ...blob, signal });
    if (!pushed.ok) return pushed;
    if (pushed.value.kind === 'uploaded') movedBytes += pushed.value.bytes;
  }
  const document: ImageManifest = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.manifest,
    config: configDescriptor,
    layers: [...base.layers, ...layers.map(({ descriptor }) => descriptor)],
  };
  const written = await pushManifest(target, {
    repository,
    document,
    tag,
    signal,
  });
  return written.ok
    ? ok({ descriptor: written.value.descriptor, movedBytes })
    : written;
}

/** Returns the number of bytes that were sent. */
async function bringBaseLayer(
  target: RegistrySession,
  descriptor: Descriptor,
  input: Parameters<typeof pushImage>[1],
): Promise<Result<number>> {
  const { repository, base, baseSession, folder, newId, signal } = input;
  const pushed = await pushBlob(target, {
    repository,
    descriptor,
    source: {
      from: 'elsewhere',
      fetch: () => {
        const file = join(folder, descriptor.digest.replace('sha256:', ''));
        return downloadBlob(baseSession, {
          repository: base.repository,
          descriptor,
          file,
          newId,
          signal,
        });
      },
    },
    ...(base.registry === target.registry
      ? { mountFrom: base.repository }
      : {}),
    signal,
  });
  if (!pushed.ok) return pushed;
  return ok(pushed.value.kind === 'uploaded' ? pushed.value.bytes : 0);
}

async function downloadBlob(
  session: RegistrySession,
  input: {
    repository: string;
    descriptor: Descriptor;
    file: string;
    newId: () => string;
    signal: AbortSignal;
  },
): Promise<Result<{ path: string }>> {
  const { repository, descriptor, file, newId, signal } = input;
  const kept = await stat(file).catch(() => undefined);
  if (kept?.size === descriptor.size) return ok({ path: file });
  const answer = await session.send({
    method: 'GET',
    path: `${repository}/blobs/${descriptor.digest}`,
    repository,
    action: 'pull',
    expect: [200],
    doing: 'read a layer of the base image',
    signal,
  });
  if (!answer.ok) return answer;
  await mkdir(join(file, '..'), { recursive: true });
  const aside = `${file}.${newId()}`;
  const hash = createHash('sha256');
  let size = 0;
  try {
    await pipeline(
      answer.value.body ?? [],
      async function* check(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size > descriptor.size) throw new Error('longer than it says');
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(aside),
    );
    if (`sha256:${hash.digest('hex')}` !== descriptor.digest)
      return failed(layerBroken(session.registry, descriptor.digest));
    await rename(aside, file);
    return ok({ path: file });
  } catch {
    return failed(layerBroken(session.registry, descriptor.digest));
  } finally {
    await rm(aside, { force: true });
  }
}

function layerBroken(registry: string, digest: string): Problem {
  return {
    code: 'base-layer-broken',
    what: `Cannot copy a layer of the base image from ${registry}`,
    why: `what arrived is not ${digest}`,
    next: 'Push again; if it persists, choose another base image',
    transient: true,
  };
}
