export { pinImages } from './pinImages';
export { readProvenance } from './readProvenance';
