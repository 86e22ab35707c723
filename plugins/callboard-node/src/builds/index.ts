export type { Builder, BuildInput, BuildOutput } from './Builder';
export type { ImageStorage } from './ImageStorage';
export { nameBuiltImages } from './nameBuiltImages';
export type { RevisionInfo, RevisionSource } from './RevisionSource';
