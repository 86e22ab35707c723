export { checkAppName } from './checkAppName';
export { checkLabel } from './checkLabel';
export { findNameFault } from './findNameFault';
export { type FieldPath, formatPath } from './formatPath';
export { isRecord } from './isRecord';
export * from './files';
export * from './score';
export * from './yaml';
