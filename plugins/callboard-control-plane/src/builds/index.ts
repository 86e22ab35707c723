export * from './Builder';
export * from './ImageStorage';
export * from './RevisionSource';
export { builderFor, isRunnableOn } from './builderFor';
export { nameBuiltImages } from './nameBuiltImages';
export * from './start';
