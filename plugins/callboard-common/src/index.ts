export * from './api';
export * from './domain';
export * from './kubernetes';
export * from './parse';
export * from './permissions';
export * from './problem';
export * from './schedule';
export * from './words';
