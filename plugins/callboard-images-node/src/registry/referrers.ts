import { type Result, ok } from '@callboard/plugin-callboard-common';
import { joinChunks } from '@callboard/plugin-callboard-node';
import {
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  MEDIA_TYPES,
} from '../oci/types';
import { readIndexEntries } from '../oci/readDocuments';
import { pushManifest, readManifest } from './manifests';
import { readBytesWithin } from './readTextWithin';
import type { RegistrySession } from './RegistrySession';

const INDEX_MAX_BYTES = 4 * 1024 * 1024;

/**
 * Attaches a manifest to its subject. If the registry does not support
 * referrers, the tag `sha256-…` of the subject lists them, as the specification
 * requires.
 */
export async function pushReferrer(
  session: RegistrySession,
  {
    repository,
    manifest,
    signal,
  }: {
    repository: string;
    manifest: ImageManifest & { subject: Descriptor };
    signal: AbortSignal;
  },
): Promise<Result<Descriptor>> {
  const pushed = await pushManifest(session, {
    repository,
    document: manifest,
    signal,
  });
  if (!pushed.ok) return pushed;
  const { descriptor, isReferrerKnown } = pushed.value;
  if (isReferrerKnown) return ok(descriptor);
  const tag = tagOf(manifest.subject.digest);
  const present = await readManifest(session, {
    repository,
    reference: tag,
    signal,
  });
  if (!present.ok) return present;
  const others =
    present.value && 'manifests' in present.value.document
      ? present.value.document.manifests
      : [];
  const entry: Descriptor = {
    ...descriptor,
    artifactType: manifest.artifactType,
    ...(manifest.annotations && { annotations: manifest.annotations }),
  };
  const document: ImageIndex = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.index,
    manifests: [
      ...others.filter(({ digest }) => digest !== descriptor.digest),
      entry,
    ],
  };
  const indexed = await pushManifest(session, {
    repository,
    document,
    tag,
    signal,
  });
  return indexed.ok ? ok(descriptor) : indexed;
}

/** Lists the manifests that are attached to one: SBOM, provenance, signatures. */
export async function listReferrers(
  session: RegistrySession,
  {
    repository,
    digest,
    signal,
  }: { repository: string; digest: string; signal: AbortSignal },
): Promise<Result<Descriptor[]>> {
  const answer = await session.send({
    method: 'GET',
    path: `${repository}/referrers/${digest}`,
    repository,
    action: 'pull',
    headers: { accept: MEDIA_TYPES.index },
    expect: [200, 404, 405],
    doing: 'list what is attached to an image',
    signal,
  });
  if (!answer.ok) return answer;
  const listed =
    answer.value.status === 200 ? await readIndex(answer.value) : undefined;
  if (answer.value.status !== 200) await answer.value.body?.cancel();
  if (listed) return ok(listed);
  const tagged = await readManifest(session, {
    repository,
    reference: tagOf(digest),
    signal,
  });
  if (!tagged.ok) return tagged;
  return ok(
    tagged.value && 'manifests' in tagged.value.document
      ? tagged.value.document.manifests
      : [],
  );
}

async function readIndex(answer: Response): Promise<Descriptor[] | undefined> {
  const start = await readBytesWithin(answer, INDEX_MAX_BYTES).catch(
    () => undefined,
  );
  if (!start?.isWhole) return undefined;
  return readIndexEntries(await joinChunks(start.chunks));
}

function tagOf(digest: string): string {
  return digest.replace(':', '-');
}
