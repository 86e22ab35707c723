export { describeApi, openApiDocument } from './document';
