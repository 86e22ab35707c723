import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { BaseImage } from '../base';
import {
  PROVENANCE_MEDIA_TYPE,
  renderProvenance,
} from '../evidence/renderProvenance';
import { SBOM_MEDIA_TYPE, renderSbom } from '../evidence/renderSbom';
import { digestOf } from '../oci/digestOf';
import { type Descriptor, type ImageManifest, MEDIA_TYPES } from '../oci/types';
import { type RegistrySession, pushBlob, pushReferrer } from '../registry';
import type { DependencyLayer } from './dependencyCache';

const EMPTY = Buffer.from('{}');

/** Attaches SBOM and provenance to an image. */
export async function pushEvidence(
  session: RegistrySession,
  input: {
    repository: string;
    image: Descriptor;
    app: string;
    revision: string;
    base: BaseImage;
    dependencies: DependencyLayer | undefined;
    signal: AbortSignal;
  },
): Promise<Result<void>> {
  const { repository, image, app, revision, base, dependencies, signal } =
    input;
  const node = process.versions.node;
  const documents = [
    {
      type: SBOM_MEDIA_TYPE,
      document: renderSbom({
        app,
        revision,
        node,
        packages: dependencies?.packages ?? [],
      }),
    },
    {
      type: PROVENANCE_MEDIA_TYPE,
      document: renderProvenance({
        image: {
          name: `${session.registry}/${repository}`,
          digest: image.digest,
        },
        app,
        revision,
        base: {
          name: `${base.registry}/${base.repository}`,
          digest: base.digest,
        },
        node,
        ...(dependencies && {
          packageManager: dependencies.manager,
          lockfile: dependencies.lockfile,
        }),
      }),
    },
  ];
  const empty = descriptorOf(EMPTY, MEDIA_TYPES.empty);
  const placed = await pushBlob(session, {
    repository,
    descriptor: empty,
    source: { from: 'bytes', bytes: EMPTY },
    signal,
  });
  if (!placed.ok) return placed;
  for (const { type, document } of documents) {
    const bytes = Buffer.from(JSON.stringify(document));
    const descriptor = descriptorOf(bytes, type);
    const pushed = await pushBlob(session, {
      repository,
      descriptor,
      source: { from: 'bytes', bytes },
      signal,
    });
    if (!pushed.ok) return pushed;
    const manifest: ImageManifest & { subject: Descriptor } = {
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.manifest,
      artifactType: type,
      config: empty,
      layers: [descriptor],
      subject: image,
    };
    const attached = await pushReferrer(session, {
      repository,
      manifest,
      signal,
    });
    if (!attached.ok) return attached;
  }
  return ok(undefined);
}

function descriptorOf(bytes: Buffer, mediaType: string): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}
