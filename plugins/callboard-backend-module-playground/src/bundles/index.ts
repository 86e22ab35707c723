export { BundleBuilder } from './BundleBuilder';
export { BundleStore } from './BundleStore';
export {
  type BundleImage,
  formatBundleImage,
  parseBundleImage,
} from './bundleImage';
