export { buildBundle } from './buildBundle';
export { BundleStorage } from './BundleStorage';
export { BundleStore } from './BundleStore';
export {
  type BundleImage,
  formatBundleImage,
  parseBundleImage,
} from './bundleImage';
