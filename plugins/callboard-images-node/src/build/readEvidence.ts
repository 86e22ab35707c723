import type { Result } from '@callboard/plugin-callboard-common';
import { parseImageReference } from '../oci/ImageReference';
import { type RegistrySession, readBlobChunks } from '../registry';

const DOCUMENT_MAX_BYTES = 16 * 1024 * 1024; // enough for an SBOM of 30,000 packages

/**
 * Reads a document that is attached to an image and returns it unchanged. Its
 * digest is checked, so it cannot have been modified.
 *
 * @returns JSON in UTF-8, in chunks
 */
export async function readEvidence(
  session: RegistrySession,
  { image, digest }: { image: string; digest: string },
  signal: AbortSignal,
): Promise<Result<readonly Uint8Array[]>> {
  const parsed = parseImageReference(image);
  if (!parsed.ok) return parsed;
  return readBlobChunks(session, {
    repository: parsed.value.repository,
    descriptor: { mediaType: '', digest, size: 0 },
    maxBytes: DOCUMENT_MAX_BYTES,
    signal,
  });
}
