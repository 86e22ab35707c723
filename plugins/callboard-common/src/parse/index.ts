export { checkAppName } from './checkAppName';
export { checkLabel } from './checkLabel';
export { findNameFault } from './findNameFault';
export { type FieldPath, formatPath } from './formatPath';
export { isRecord } from './isRecord';
export { suggestName } from './suggestField';
export * from './files';
export * from './score';
export * from './yaml';
