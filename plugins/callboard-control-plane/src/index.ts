export * from './builds';
export * from './clusters';
export * from './git';
export * from './usecases';
export * from './sandbox';
