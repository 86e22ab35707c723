export { ImageBuilder, type ImageBuilderOptions } from './build/ImageBuilder';
export type { RegistryCredentials } from './registry';
