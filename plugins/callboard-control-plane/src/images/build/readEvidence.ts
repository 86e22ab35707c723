import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { parseImageReference } from '../oci/ImageReference';
import { type RegistrySession, readBlob } from '../registry';
import { evidenceInvalid } from './buildProblems';

const DOCUMENT_MAX_BYTES = 16 * 1024 * 1024; // an SBOM of 30,000 packages

/** Reads a document that is attached to an image: its digest is checked, so that nobody can have changed it. */
export async function readEvidence(
  session: RegistrySession,
  { image, digest }: { image: string; digest: string },
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const parsed = parseImageReference(image);
  if (!parsed.ok) return parsed;
  const bytes = await readBlob(session, {
    repository: parsed.value.repository,
    descriptor: { mediaType: '', digest, size: 0 },
    maxBytes: DOCUMENT_MAX_BYTES,
    signal,
  });
  if (!bytes.ok) return bytes;
  try {
    return ok(JSON.parse(bytes.value.toString('utf8')) as unknown);
  } catch {
    return failed(evidenceInvalid(image));
  }
}
