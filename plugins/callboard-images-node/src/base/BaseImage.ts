import type { Descriptor, ImageConfig } from '../oci/types';

/** An image that others are built upon, found in a registry. */
export interface BaseImage {
  /** In the registry of the images, or another. */
  registry: string;
  repository: string;
  /** Of the manifest for our platform. */
  digest: string;
  layers: Descriptor[];
  config: ImageConfig;
  /** Version of its Node.js, where we know it: of our own base images. */
  node?: string;
}
