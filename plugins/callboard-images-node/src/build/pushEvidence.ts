import {
  type ImageEvidence,
  type Result,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  PROVENANCE_MEDIA_TYPE,
  type ProvenanceSubject,
  builderIdOf,
  renderProvenance,
} from '../evidence/renderProvenance';
import {
  SBOM_MEDIA_TYPE,
  type SbomSubject,
  renderSbom,
} from '../evidence/renderSbom';
import { createHash } from 'node:crypto';
import { writeJson } from '@callboard/plugin-callboard-node';
import { digestOf } from '../oci/digestOf';
import { type Descriptor, type ImageManifest, MEDIA_TYPES } from '../oci/types';
import { type RegistrySession, pushBlob, pushReferrer } from '../registry';

const EMPTY = Buffer.from('{}');

/** Attaches SBOM and provenance to an image, and returns what it attached. */
export async function pushEvidence(
  session: RegistrySession,
  input: {
    repository: string;
    image: Descriptor;
    /** Content of both documents, except the image's own name. */
    about: SbomSubject & Omit<ProvenanceSubject, 'image'>;
    signal: AbortSignal;
  },
): Promise<Result<ImageEvidence>> {
  const { repository, image, about, signal } = input;
  const name = `${session.registry}/${repository}`;
  const provenance = renderProvenance({
    ...about,
    image: { name, digest: image.digest },
  });
  const base = about.bases.at(-1);
  const empty = {
    mediaType: MEDIA_TYPES.empty,
    digest: digestOf(EMPTY),
    size: EMPTY.length,
  };
  const placed = await pushBlob(session, {
    repository,
    descriptor: empty,
    source: { from: 'bytes', bytes: EMPTY },
    signal,
  });
  if (!placed.ok) return placed;
  const target = { session, repository, image, empty, signal };
  const first = await attach(target, SBOM_MEDIA_TYPE, renderSbom(about));
  if (!first.ok) return first;
  const second = await attach(target, PROVENANCE_MEDIA_TYPE, provenance);
  if (!second.ok) return second;
  return ok({
    image: `${name}@${image.digest}`,
    sbom: {
      digest: first.value.digest,
      mediaType: SBOM_MEDIA_TYPE,
      components:
        about.bases.length +
        (about.node === undefined ? 0 : 1) +
        about.packages.length,
    },
    provenance: {
      digest: second.value.digest,
      mediaType: PROVENANCE_MEDIA_TYPE,
      builder: builderIdOf(about.builder),
      ...(base && { base: `${base.name}@${base.digest}` }),
    },
  });
}

async function attach(
  target: {
    session: RegistrySession;
    repository: string;
    image: Descriptor;
    empty: Descriptor;
    signal: AbortSignal;
  },
  type: string,
  document: object,
): Promise<Result<Descriptor>> {
  const { session, repository, image, empty, signal } = target;
  const { chunks, digest, size } = await write(document);
  const descriptor = { mediaType: type, digest, size };
  const pushed = await pushBlob(session, {
    repository,
    descriptor,
    source: { from: 'chunks', chunks },
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
  return attached.ok ? ok(descriptor) : attached;
}

async function write(
  document: object,
): Promise<{ chunks: Buffer[]; digest: string; size: number }> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of writeJson(document)) {
    hash.update(chunk);
    chunks.push(chunk);
    size += chunk.length;
  }
  return { chunks, digest: `sha256:${hash.digest('hex')}`, size };
}
