export { type SourceAddress, checkSourceAddress } from './checkSourceAddress';
export { isSameRepository } from './isSameRepository';
export { withoutSlashes } from './withoutSlashes';
