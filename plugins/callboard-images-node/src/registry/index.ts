export {
  type BlobOutcome,
  type BlobSource,
  pushBlob,
  readBlob,
  readBlobChunks,
} from './blobs';
export { pushManifest, readManifest, readPlatformManifest } from './manifests';
export { removeManifest } from './removeManifest';
export { listReferrers, pushReferrer } from './referrers';
export {
  type RegistryCredentials,
  type RegistryOptions,
  RegistrySession,
} from './RegistrySession';
