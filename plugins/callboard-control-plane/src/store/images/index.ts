export { findReleasesInUse } from './findReleasesInUse';
export {
  type RemovedImageRecord,
  closeRemovedImage,
  findRemovedImages,
  saveRemovedImage,
} from './removedImages';
