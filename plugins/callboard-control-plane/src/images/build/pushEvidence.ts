import {
  type ImageEvidence,
  type Result,
  ok,
} from '@callboard/plugin-callboard-common';
import type { BaseImage } from '../base';
import {
  BUILDER_ID,
  PROVENANCE_MEDIA_TYPE,
  renderProvenance,
} from '../evidence/renderProvenance';
import { SBOM_MEDIA_TYPE, type Sbom, renderSbom } from '../evidence/renderSbom';
import { digestOf } from '../oci/digestOf';
import { type Descriptor, type ImageManifest, MEDIA_TYPES } from '../oci/types';
import { type RegistrySession, pushBlob, pushReferrer } from '../registry';
import type { DependencyLayer } from './LayerCache';

const EMPTY = Buffer.from('{}');

/** Attaches SBOM and provenance to an image, and says what it attached. */
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
): Promise<Result<ImageEvidence>> {
  const { repository, image, signal } = input;
  const name = `${session.registry}/${repository}`;
  const sbom = sbomOf(input);
  const provenance = provenanceOf(name, input);
  const empty = descriptorOf(EMPTY, MEDIA_TYPES.empty);
  const placed = await pushBlob(session, {
    repository,
    descriptor: empty,
    source: { from: 'bytes', bytes: EMPTY },
    signal,
  });
  if (!placed.ok) return placed;
  const target = { session, repository, image, empty, signal };
  const first = await attach(target, SBOM_MEDIA_TYPE, sbom);
  if (!first.ok) return first;
  const second = await attach(target, PROVENANCE_MEDIA_TYPE, provenance);
  if (!second.ok) return second;
  return ok({
    image: `${name}@${image.digest}`,
    sbom: {
      digest: first.value.digest,
      mediaType: SBOM_MEDIA_TYPE,
      components: sbom.components.length,
    },
    provenance: {
      digest: second.value.digest,
      mediaType: PROVENANCE_MEDIA_TYPE,
      builder: BUILDER_ID,
      base: `${nameOf(input.base)}@${input.base.digest}`,
    },
  });
}

function sbomOf(input: Parameters<typeof pushEvidence>[1]): Sbom {
  const { app, revision, base, dependencies } = input;
  return renderSbom({
    app,
    revision,
    base: { name: nameOf(base), digest: base.digest },
    ...(base.node !== undefined && { node: base.node }),
    packages: dependencies?.packages ?? [],
  });
}

function provenanceOf(
  name: string,
  input: Parameters<typeof pushEvidence>[1],
): object {
  const { image, app, revision, base, dependencies } = input;
  return renderProvenance({
    image: { name, digest: image.digest },
    app,
    revision,
    base: { name: nameOf(base), digest: base.digest },
    node: process.versions.node,
    ...(dependencies && {
      packageManager: dependencies.manager,
      lockfile: dependencies.lockfile,
    }),
  });
}

function nameOf({ registry, repository }: BaseImage): string {
  return `${registry}/${repository}`;
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
  return attached.ok ? ok(descriptor) : attached;
}

function descriptorOf(bytes: Buffer, mediaType: string): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}
