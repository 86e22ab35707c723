import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { ImageStorage } from '@callboard/plugin-callboard-node';
import { measureFolder } from '@callboard/plugin-callboard-sandbox-node';
import type { BundleStore } from './BundleStore';
import { parseBundleImage } from './bundleImage';

/** Bundles as images that can be removed. They share no data with each other. */
export class BundleStorage implements ImageStorage {
  readonly #store: BundleStore;

  constructor(store: BundleStore) {
    this.#store = store;
  }

  holds(image: string): boolean {
    return parseBundleImage(image) !== undefined;
  }

  async measure(
    images: readonly string[],
    _kept: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<Map<string, number>>> {
    const bytes = new Map<string, number>();
    for (const image of images) {
      const folder = await this.#store.find(parseBundleImage(image)!);
      if (folder) bytes.set(image, await measureFolder(folder, signal));
    }
    return ok(bytes);
  }

  async remove(image: string): Promise<Result<void>> {
    await this.#store.remove(parseBundleImage(image)!);
    return ok(undefined);
  }
}
