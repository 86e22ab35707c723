/** Clusters that Backstage's Kubernetes plugin reaches, as clusters of Callboard. */

export { kubernetesModule as default } from './module';
