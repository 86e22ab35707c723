export { isByHand } from './isByHand';
export { type Writer, readWriters } from './readWriters';
