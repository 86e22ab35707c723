export { databaseServiceFactory } from './databaseServiceFactory';
