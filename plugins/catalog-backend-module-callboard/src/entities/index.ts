export { appEntity } from './appEntity';
export { blueprintEntities, clusterEntity } from './clusterEntities';
