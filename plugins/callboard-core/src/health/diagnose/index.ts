export { describeConfidence } from './describeConfidence';
export { diagnose } from './diagnose';
export { findKeyLines, maskLines, maskSecrets } from './maskSecrets';
export { readLines, tailOf } from './output';
