export * from './ocm';
