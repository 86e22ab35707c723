export type { BaseImage } from './BaseImage';
export { ensureOwnBaseImage, readBaseImage } from './ensureBaseImage';
