export * from './Builder';
export * from './RevisionSource';
export { nameBuiltImages } from './nameBuiltImages';
export * from './start';
