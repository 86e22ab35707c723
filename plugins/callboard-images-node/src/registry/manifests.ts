import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { joinChunks } from '@callboard/plugin-callboard-node';
import { digestOf } from '../oci/digestOf';
import { readImageDocument } from '../oci/readDocuments';
import {
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  MEDIA_TYPES,
} from '../oci/types';
import { readBytesWithin } from './readTextWithin';
import type { RegistrySession } from './RegistrySession';
import { answerInvalid, imageNotFound } from './registryProblems';

const MANIFEST_MAX_BYTES = 4 * 1024 * 1024; // the limit in the specification

/** A manifest or an index, with the descriptor of its bytes. */
export interface StoredManifest {
  descriptor: Descriptor;
  document: ImageManifest | ImageIndex;
}

/** Reads a manifest by tag or digest; undefined when there is none. A wrong digest is a problem. */
export async function readManifest(
  session: RegistrySession,
  {
    repository,
    reference,
    signal,
  }: { repository: string; reference: string; signal: AbortSignal },
): Promise<Result<StoredManifest | undefined>> {
  const answer = await session.send({
    method: 'GET',
    path: `${repository}/manifests/${reference}`,
    repository,
    action: 'pull',
    headers: {
      accept: [
        MEDIA_TYPES.index,
        MEDIA_TYPES.manifest,
        MEDIA_TYPES.dockerIndex,
        MEDIA_TYPES.dockerManifest,
      ].join(', '),
    },
    expect: [200, 404],
    doing: 'read a manifest',
    signal,
  });
  if (!answer.ok) return answer;
  if (answer.value.status === 404) {
    await answer.value.body?.cancel();
    return ok(undefined);
  }
  const { chunks, digest, isWhole } = await readBytesWithin(
    answer.value,
    MANIFEST_MAX_BYTES,
  );
  if (!isWhole)
    return failed(
      answerInvalid(session.registry, 'a manifest is larger than 4 MiB'),
    );
  if (reference.startsWith('sha256:') && digest !== reference) {
    return failed(
      answerInvalid(
        session.registry,
        `the manifest ${reference} has another digest`,
      ),
    );
  }
  const bytes = await joinChunks(chunks);
  const document = await readImageDocument(bytes);
  if (!document)
    return failed(
      answerInvalid(
        session.registry,
        `the manifest ${reference} is not one of an image`,
      ),
    );
  const mediaType =
    document.mediaType ??
    answer.value.headers.get('content-type')?.split(';')[0] ??
    MEDIA_TYPES.manifest;
  return ok({
    descriptor: { mediaType, digest, size: bytes.length },
    document: { ...document, mediaType },
  });
}

/** Writes a manifest under its digest, and under a tag when one is given. */
export async function pushManifest(
  session: RegistrySession,
  input: {
    repository: string;
    document: ImageManifest | ImageIndex;
    tag?: string;
    signal: AbortSignal;
  },
): Promise<Result<{ descriptor: Descriptor; isReferrerKnown: boolean }>> {
  const { repository, document, tag, signal } = input;
  const bytes = Buffer.from(JSON.stringify(document));
  const descriptor = {
    mediaType: document.mediaType,
    digest: digestOf(bytes),
    size: bytes.length,
  };
  const answer = await session.send({
    method: 'PUT',
    path: `${repository}/manifests/${tag ?? descriptor.digest}`,
    repository,
    action: 'push',
    headers: { 'content-type': document.mediaType },
    body: () => bytes,
    expect: [200, 201],
    doing: 'write a manifest',
    signal,
  });
  if (!answer.ok) return answer;
  await answer.value.body?.cancel();
  return ok({
    descriptor,
    isReferrerKnown: answer.value.headers.has('oci-subject'),
  });
}

/** Reads the manifest of one platform: the matching entry of an index, else the manifest itself. */
export async function readPlatformManifest(
  session: RegistrySession,
  input: {
    repository: string;
    reference: string;
    architecture: string;
    signal: AbortSignal;
  },
): Promise<Result<{ descriptor: Descriptor; manifest: ImageManifest }>> {
  const { repository, reference, architecture, signal } = input;
  const stored = await readManifest(session, { repository, reference, signal });
  if (!stored.ok) return stored;
  if (!stored.value)
    return failed(imageNotFound(session.registry, repository, reference));
  const { descriptor, document } = stored.value;
  if (!('manifests' in document)) return ok({ descriptor, manifest: document });
  const entry = document.manifests.find(
    ({ platform }) =>
      platform?.os === 'linux' && platform.architecture === architecture,
  );
  if (!entry)
    return failed(
      imageNotFound(
        session.registry,
        repository,
        `${reference} for linux/${architecture}`,
      ),
    );
  const inner = await readManifest(session, {
    repository,
    reference: entry.digest,
    signal,
  });
  if (!inner.ok) return inner;
  return inner.value && !('manifests' in inner.value.document)
    ? ok({ descriptor: inner.value.descriptor, manifest: inner.value.document })
    : failed(imageNotFound(session.registry, repository, entry.digest));
}
