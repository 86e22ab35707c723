import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { ImageStorage } from '@callboard/plugin-callboard-node';
import {
  type ImageReference,
  parseImageReference,
} from '../oci/ImageReference';
import type { Descriptor } from '../oci/types';
import {
  type RegistrySession,
  listReferrers,
  readManifest,
  removeManifest,
} from '../registry';

/** Images that were pushed to a registry, below one path. Blobs that images share are counted once. */
export class RegistryStorage implements ImageStorage {
  readonly #open: () => RegistrySession;
  /** `registry.example.com:5000/apps/`. */
  readonly #prefix: string;

  constructor(options: { open: () => RegistrySession; prefix: string }) {
    this.#open = options.open;
    this.#prefix = options.prefix;
  }

  holds(image: string): boolean {
    return (
      image.startsWith(this.#prefix) &&
      readReference(image)?.digest !== undefined
    );
  }

  async measure(
    images: readonly string[],
    kept: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<Map<string, number>>> {
    const session = this.#open();
    const found = new Map<string, Descriptor[]>();
    for (const image of images) {
      const parts = await findParts(session, image, signal);
      if (!parts.ok) return parts;
      if (parts.value) found.set(image, parts.value);
    }
    const counted = new Set<string>();
    for (const image of found.size > 0 ? kept : []) {
      const parts = await findParts(session, image, signal);
      if (!parts.ok) return parts;
      parts.value?.forEach(({ digest }) => counted.add(digest));
    }
    return ok(
      new Map(
        [...found].map(([image, parts]) => [
          image,
          parts.reduce((sum, { digest, size }) => {
            if (counted.has(digest)) return sum;
            counted.add(digest);
            return sum + size;
          }, 0),
        ]),
      ),
    );
  }

  /** Attached documents are removed first: while the image exists, a later attempt can find them. */
  async remove(image: string, signal: AbortSignal): Promise<Result<void>> {
    const { repository, digest } = readReference(image)!;
    const session = this.#open();
    const attached = await listReferrers(session, {
      repository,
      digest: digest!,
      signal,
    });
    if (!attached.ok) return attached;
    for (const each of [...attached.value, { digest: digest! }]) {
      const removed = await removeManifest(session, {
        repository,
        digest: each.digest,
        signal,
      });
      if (!removed.ok) return removed;
    }
    return ok(undefined);
  }
}

/** Layers and configuration of an image; undefined when it does not exist. */
async function findParts(
  session: RegistrySession,
  image: string,
  signal: AbortSignal,
): Promise<Result<Descriptor[] | undefined>> {
  const { repository, digest } = readReference(image)!;
  const stored = await readManifest(session, {
    repository,
    reference: digest!,
    signal,
  });
  if (!stored.ok) return stored;
  if (!stored.value) return ok(undefined);
  const { document } = stored.value;
  return ok(
    'manifests' in document
      ? document.manifests
      : [...document.layers, document.config],
  );
}

function readReference(image: string): ImageReference | undefined {
  const parsed = parseImageReference(image);
  return parsed.ok ? parsed.value : undefined;
}
