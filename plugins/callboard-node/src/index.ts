export * from './dataFolder';
export * from './extensionPoints';
export * from './lifecycle';
