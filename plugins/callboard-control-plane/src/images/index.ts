export { ImageBuilder, type ImageBuilderOptions } from './build/ImageBuilder';
