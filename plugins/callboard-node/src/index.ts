export * from './builds';
export * from './bytes';
export * from './clusters';
export * from './dataFolder';
export * from './extensionPoints';
export * from './lifecycle';
export * from './network';
export * from './pushes';
