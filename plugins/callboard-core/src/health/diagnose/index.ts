export { describeConfidence } from './describeConfidence';
export { diagnose } from './diagnose';
export { maskLines, maskSecrets } from './maskSecrets';
export { readLines, tailOf } from './output';
