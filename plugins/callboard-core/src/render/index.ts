export { canonicalJson } from './canonicalJson';
export { type CheckWorkloadsInput, checkWorkloads } from './checkWorkloads';
export { namespaceOf } from './namespaceOf';
export * from './placeholders';
export { renderNamespace } from './renderNamespace';
export { renderWorkload } from './renderWorkload';
export type { RenderInput, SourceFile } from './types';
