export { openImageBuilder } from './openImageBuilder';
