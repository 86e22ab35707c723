export * from './api';
export * from './events';
export * from './instant';
export * from './parts';
export * from './queries';
export { saveFile } from './saveFile';
export * from './time';
export * from './url';
