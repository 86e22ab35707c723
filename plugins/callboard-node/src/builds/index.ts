export type { Builder, BuildInput, BuildOutput } from './Builder';
export type { ImageStorage } from './ImageStorage';
export { nameBuiltImages } from '@callboard/plugin-callboard-core';
export type { RevisionInfo, RevisionSource } from './RevisionSource';
