export * from './files';
export * from './health';
export * from './placement';
export * from './score';
