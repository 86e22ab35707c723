export * from './health';
export * from './placement';
export * from './summary';
export * from './time';
