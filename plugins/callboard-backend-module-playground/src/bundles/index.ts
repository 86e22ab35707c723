export { BundleBuilder } from './BundleBuilder';
export { BundleStore } from './BundleStore';
export {
  type BundleImage,
  formatBundleImage,
  parseBundleImage,
} from './bundleImage';
export {
  type BundleHints,
  type StartCommand,
  findStartCommand,
} from './findStartCommand';
export { readBundleHints } from './readBundleHints';
