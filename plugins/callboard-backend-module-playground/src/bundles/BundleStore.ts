import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleImage } from './bundleImage';

/** The folder of built bundles: one folder per digest, immutable. */
export class BundleStore {
  readonly #folder: string;
  readonly #newId: () => string;

  constructor(options: { folder: string; newId: () => string }) {
    this.#folder = options.folder;
    this.#newId = options.newId;
  }

  /** Returns the bundle's folder, or undefined when it was never built here. */
  async find(image: BundleImage): Promise<string | undefined> {
    const folder = this.#folderOf(image);
    return (await exists(folder)) ? folder : undefined;
  }

  /** Copies `source`. The copy is written aside and renamed, so that a killed process leaves no half bundle. */
  async add(image: BundleImage, source: string): Promise<void> {
    const folder = this.#folderOf(image);
    if (await exists(folder)) return;
    const aside = join(this.#folder, `.incoming-${this.#newId()}`);
    await mkdir(join(this.#folder, image.app), { recursive: true });
    await cp(source, aside, { recursive: true, verbatimSymlinks: true });
    try {
      await rename(aside, folder);
    } catch (error) {
      // Another build was faster: the content is the same.
      await rm(aside, { recursive: true, force: true });
      if (!(await exists(folder))) throw error;
    }
  }

  /** The folder is renamed first: half a bundle is never found. */
  async remove(image: BundleImage): Promise<void> {
    const folder = this.#folderOf(image);
    const aside = join(this.#folder, `.removed-${this.#newId()}`);
    try {
      await rename(folder, aside);
    } catch (error) {
      if (!(await exists(folder))) return;
      throw error;
    }
    await rm(aside, { recursive: true, force: true });
  }

  #folderOf({ app, digest }: BundleImage): string {
    return join(this.#folder, app, digest);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
