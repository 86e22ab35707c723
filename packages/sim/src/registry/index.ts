export { createObject } from './createObject';
export { decodeObject } from './decodeObject';
export {
  deleteObject,
  type DeleteOptions,
  type Deletion,
} from './deleteObject';
export { type KindStrategy } from './KindStrategy';
export {
  type ListPage,
  listObjects,
  type ListQuery,
  matcherOf,
  type Selection,
} from './listObjects';
export { patchObject, type PatchType } from './patchObject';
export { readObject } from './readObject';
export {
  type Registry,
  type ServiceAllocator,
  type WriteOptions,
} from './Registry';
export { strategyOf } from './strategies';
export { updateObject } from './updateObject';
export {
  watchObjects,
  type WatchMessage,
  type WatchQuery,
} from './watchObjects';
