export { diagnose } from './diagnose';
export { maskLines, maskSecrets } from './maskSecrets';
export { tailOf } from './tailOf';
