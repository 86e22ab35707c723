export * from './builds';
export * from './clusters';
export * from './usecases';
