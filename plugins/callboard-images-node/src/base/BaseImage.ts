import type { Descriptor, ImageConfig } from '../oci/types';

/** A base image, found in a registry. */
export interface BaseImage {
  /** The registry of the images, or another one. */
  registry: string;
  repository: string;
  /** Digest of the manifest for our platform. */
  digest: string;
  layers: Descriptor[];
  config: ImageConfig;
  /** Version of its Node.js; known for Callboard's own base images. */
  node?: string;
}
