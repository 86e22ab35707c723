export * from './types';
export * from './whatIf';
