export { checkAppName } from './checkAppName';
export { type FieldPath, formatPath } from './formatPath';
export * from './files';
export * from './score';
export * from './yaml';
