export * from './api';
export * from './domain';
export * from './kubernetes';
export * from './permissions';
export * from './problem';
