export { describeApi, openApiDocument } from './openApiDocument';
