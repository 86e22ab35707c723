const HOST = 'bundle.callboard.dev';
const PATTERN = /^bundle\.callboard\.dev\/([a-z0-9-]+)@sha256:([0-9a-f]{64})$/;

/** A pushed revision as an image name: `bundle.callboard.dev/shop@sha256:…`. */
export interface BundleImage {
  app: string;
  /** 64 hex digits, over the files of the revision. */
  digest: string;
}

export function formatBundleImage({ app, digest }: BundleImage): string {
  return `${HOST}/${app}@sha256:${digest}`;
}

/** Returns undefined for images that are not bundles. */
export function parseBundleImage(image: string): BundleImage | undefined {
  const match = PATTERN.exec(image);
  return match ? { app: match[1], digest: match[2] } : undefined;
}
