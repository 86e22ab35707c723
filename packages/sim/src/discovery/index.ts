export * from './discoveryDocuments';
export * from './openApiDocuments';
export {
  type ApiResource,
  allResources,
  findResource,
  findResourceOfKind,
  resourceOfKind,
} from './resources';
