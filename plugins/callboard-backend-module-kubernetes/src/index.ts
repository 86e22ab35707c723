/** Clusters of Backstage's Kubernetes plugin, as clusters of Callboard. */

export { kubernetesModule as default } from './module';
