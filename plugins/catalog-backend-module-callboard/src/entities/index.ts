export { apiEntity } from './apiEntity';
export { appEntity } from './appEntity';
export { blueprintEntities, clusterEntity } from './clusterEntities';
