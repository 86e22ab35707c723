export { describeApi, listRoots, openApiDocument } from './openApiDocument';
