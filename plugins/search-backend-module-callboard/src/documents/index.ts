export { appDocument, findingDocuments } from './appDocuments';
export { blueprintDocument, clusterDocument } from './clusterDocuments';
