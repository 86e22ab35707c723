import {
  type Result,
  failed,
  ok,
  type Problem,
} from '@callboard/plugin-callboard-common';
import { digestOf } from '../oci/digestOf';
import { readImageConfig } from '../oci/readDocuments';
import {
  type ImageConfig,
  type ImageManifest,
  MEDIA_TYPES,
} from '../oci/types';
import { packLayer } from '../layers/packLayer';
import {
  type RegistrySession,
  pushBlob,
  pushManifest,
  readBlob,
  readManifest,
  readPlatformManifest,
} from '../registry';
import type { BaseImage } from './BaseImage';
import { NONROOT, collectBaseEntries } from './collectBaseEntries';

const CONFIG_MAX_BYTES = 1024 * 1024;
/** Increased whenever the content of own base images changes; existing ones are not rebuilt otherwise. */
const RECIPE = 2;

/** Reads a base image that Callboard did not build. */
export async function readBaseImage(
  session: RegistrySession,
  input: {
    repository: string;
    reference: string;
    architecture: string;
    signal: AbortSignal;
  },
): Promise<Result<BaseImage>> {
  const { repository, signal } = input;
  const found = await readPlatformManifest(session, input);
  if (!found.ok) return found;
  const { descriptor, manifest } = found.value;
  const bytes = await readBlob(session, {
    repository,
    descriptor: manifest.config,
    maxBytes: CONFIG_MAX_BYTES,
    signal,
  });
  if (!bytes.ok) return bytes;
  const config = await readImageConfig(bytes.value);
  if (!config)
    return failed(
      baseInvalid(`${session.registry}/${repository}@${descriptor.digest}`),
    );
  return ok({
    registry: session.registry,
    repository,
    digest: descriptor.digest,
    layers: manifest.layers,
    config,
  });
}

/**
 * Returns the base image for images that name none: built once from this
 * machine's pinned Node.js and pushed beside the images. The first build pushes
 * it; all others use the same bytes.
 *
 * @param folder - for temporary files
 */
export async function ensureOwnBaseImage(
  session: RegistrySession,
  input: {
    repository: string;
    node: string;
    architecture: string;
    folder: string;
    newId: () => string;
    signal: AbortSignal;
  },
): Promise<Result<BaseImage>> {
  const { repository, node, architecture, folder, newId, signal } = input;
  const tag = `node-${process.versions.node}-${architecture}-${RECIPE}`;
  const present = await readManifest(session, {
    repository,
    reference: tag,
    signal,
  });
  if (!present.ok) return present;
  if (!present.value) {
    const made = await pushOwnBase();
    if (!made.ok) return made;
  }
  const base = await readBaseImage(session, {
    repository,
    reference: tag,
    architecture,
    signal,
  });
  return base.ok ? ok({ ...base.value, node: process.versions.node }) : base;

  async function pushOwnBase(): Promise<Result<unknown>> {
    const layer = await packLayer(await collectBaseEntries(node), {
      folder,
      newId,
      compression: 'fast',
    });
    const config = Buffer.from(
      JSON.stringify(ownConfig(architecture, layer.diffId)),
    );
    const configDescriptor = {
      mediaType: MEDIA_TYPES.config,
      digest: digestOf(config),
      size: config.length,
    };
    const blobs = [
      {
        descriptor: layer.descriptor,
        source: { from: 'disk' as const, path: layer.file },
      },
      {
        descriptor: configDescriptor,
        source: { from: 'bytes' as const, bytes: config },
      },
    ];
    for (const blob of blobs) {
      const pushed = await pushBlob(session, { repository, ...blob, signal });
      if (!pushed.ok) return pushed;
    }
    const document: ImageManifest = {
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.manifest,
      config: configDescriptor,
      layers: [layer.descriptor],
    };
    return pushManifest(session, { repository, document, tag, signal });
  }
}

function ownConfig(architecture: string, diffId: string): ImageConfig {
  return {
    architecture,
    os: 'linux',
    config: {
      User: `${NONROOT}:${NONROOT}`,
      Env: [
        'PATH=/usr/local/bin:/usr/bin:/bin',
        'NODE_ENV=production',
        'HOME=/home/nonroot',
        'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
      ],
      WorkingDir: '/workspace',
      Labels: {
        'org.opencontainers.image.title': 'Callboard base for Node.js',
        'org.opencontainers.image.version': process.versions.node,
      },
    },
    rootfs: { type: 'layers', diff_ids: [diffId] },
  };
}

function baseInvalid(image: string): Problem {
  return {
    code: 'base-image-invalid',
    what: `Cannot build upon ${image}`,
    why: 'its configuration is not that of an image',
    next: 'Name another image in callboard.builder.baseImage, or leave it out',
    transient: false,
  };
}
