export {
  type BuildkitAddress,
  BuildkitClient,
  checkBuildkitAddress,
} from './buildkit';
export { ImageBuilder, type ImageBuilderOptions } from './build/ImageBuilder';
export type { RegistryCredentials } from './registry';
