import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import {
  type BuildInput,
  type BuildOutput,
  nameBuiltImages,
} from '@callboard/plugin-callboard-node';
import { readNote, writeNote } from '../build/LayerCache';
import { pushEvidence } from '../build/pushEvidence';
import { tagOf } from '../build/tagOf';
import { type LayerScan, mergeScans, scanLayer } from '../evidence/scanLayer';
import { formatImageReference } from '../oci/ImageReference';
import type { Descriptor } from '../oci/types';
import {
  type RegistryCredentials,
  type RegistrySession,
  readPlatformManifest,
} from '../registry';
import type { BuildkitClient } from './BuildkitClient';
import { layerUnreadable } from './buildkitProblems';

export interface DockerfileInput extends BuildInput {
  /** Session with the registry that the image is pushed to. */
  session: RegistrySession;
  repository: string;
  insecure: boolean;
  credentials?: RegistryCredentials;
  architecture: 'amd64' | 'arm64';
  /** Stores the scans of layers between builds. */
  cacheFolder: string;
  newId: () => string;
}

/**
 * Builds and pushes an image of a revision's Dockerfile with BuildKit; its
 * packages are then read from its layers, and attached as for every other
 * image.
 */
export async function buildDockerfile(
  buildkit: BuildkitClient,
  input: DockerfileInput,
): Promise<Result<BuildOutput>> {
  const { app, revision, workloads, session, repository, signal } = input;
  const built = await buildkit.build({
    ...input,
    registry: session.registry,
    tag: tagOf(input),
    labels: {
      'org.opencontainers.image.title': app,
      'org.opencontainers.image.revision': revision,
    },
  });
  if (!built.ok) return built;
  const { digest } = built.value;
  const found = await readPlatformManifest(session, {
    ...input,
    reference: digest,
  });
  if (!found.ok) return found;
  const packages = await listImagePackages(found.value.manifest.layers, input);
  if (!packages.ok) return packages;
  const evidence = await pushEvidence(session, {
    repository,
    image: found.value.descriptor,
    about: {
      app,
      revision,
      bases: built.value.bases.map(readBase),
      packages: packages.value.packages,
      isIncomplete: !packages.value.isComplete,
      builder: 'buildkit',
      tools: { frontend: 'dockerfile.v0' },
    },
    signal,
  });
  if (!evidence.ok) return evidence;
  const image = formatImageReference({
    registry: session.registry,
    repository,
    digest: found.value.descriptor.digest,
  });
  input.onOutput('image pushed by BuildKit');
  return ok({
    images: nameBuiltImages(workloads, image),
    evidence: [evidence.value],
  });
}

/** Parses `registry/name:tag@sha256:…`, BuildKit's name of a base image. */
function readBase(reference: string): { name: string; digest: string } {
  const at = reference.lastIndexOf('@');
  const name = reference.slice(0, at);
  return {
    name: name.replace(/:[\w][\w.-]*$/, ''),
    digest: reference.slice(at + 1),
  };
}

async function listImagePackages(
  layers: readonly Descriptor[],
  input: DockerfileInput,
): Promise<Result<Awaited<ReturnType<typeof mergeScans>>>> {
  const scans: LayerScan[] = [];
  for (const layer of layers) {
    const scan = await scanOf(layer, input);
    if (!scan.ok) return scan;
    scans.push(scan.value);
  }
  return ok(await mergeScans(scans));
}

/** Scans a layer, only once because it never changes. */
async function scanOf(
  layer: Descriptor,
  { session, repository, cacheFolder, newId, signal }: DockerfileInput,
): Promise<Result<LayerScan>> {
  const note = join(
    cacheFolder,
    `layer-${layer.digest.replace('sha256:', '')}.json`,
  );
  const kept = await readNote<LayerScan>(note);
  if (kept !== undefined) return ok(kept);
  const answer = await session.send({
    method: 'GET',
    path: `${repository}/blobs/${layer.digest}`,
    repository,
    action: 'pull',
    expect: [200],
    doing: 'read a layer of the image',
    signal,
  });
  if (!answer.ok) return answer;
  const body = answer.value.body as Parameters<typeof Readable.fromWeb>[0];
  const scan = await scanLayer(Readable.fromWeb(body), layer.mediaType).catch(
    () => undefined,
  );
  if (scan === undefined)
    return failed(layerUnreadable(session.registry, layer.digest));
  await writeNote(note, scan, newId());
  return ok(scan);
}
