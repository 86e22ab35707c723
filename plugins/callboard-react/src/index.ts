export * from './api';
export * from './events';
export * from './parts';
export * from './queries';
export * from './time';
